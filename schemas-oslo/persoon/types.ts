import type {
  PersoonGewijzigd,
  PersoonOpgevraagd,
  PersoonOpvragen,
  PersoonUitschrijven,
} from '../generated/persoon.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** Who is the person with this number? Its answer is `persoonOpgevraagd`. */
export const persoonOpvragen: TypedMessageType<PersoonOpvragen> = messageType(
  'be.lbbus.persoon.opvragen.v1',
);

/** What the register knows of the person that was asked for. */
export const persoonOpgevraagd: TypedMessageType<PersoonOpgevraagd> = messageType(
  'be.lbbus.persoon.opgevraagd.v1',
);

/** The register changed something of a person: that it did, not what it says now. */
export const persoonGewijzigd: TypedMessageType<PersoonGewijzigd> = messageType(
  'be.lbbus.persoon.gewijzigd.v1',
);

/** The tenant does not follow this person any more. */
export const persoonUitschrijven: TypedMessageType<PersoonUitschrijven> = messageType(
  'be.lbbus.persoon.uitschrijven.v1',
);

/** What `@context` says in a message about a person. */
export const persoonContext = 'urn:lb-bus:context:persoon:v1';
