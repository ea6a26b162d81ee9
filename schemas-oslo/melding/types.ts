import { meldingStatuswaarde } from '../generated/MeldingStatuswaarde.js';
import type {
  MeldingAangevuld,
  MeldingIngediend,
  MeldingStatusGewijzigd,
} from '../generated/melding.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** A melding was submitted: `operation({ accepts: meldingIngediend })` gets its data typed. */
export const meldingIngediend: TypedMessageType<MeldingIngediend> = messageType(
  'be.lbbus.melding.ingediend.v1',
);

/** A melding got a new status: its `heeftStatus` holds exactly that one. */
export const meldingStatusGewijzigd: TypedMessageType<MeldingStatusGewijzigd> = messageType(
  'be.lbbus.melding.status-gewijzigd.v1',
);

/** Text, an attachment or a place was added to a melding: its `heeftBody` holds the new ones only. */
export const meldingAangevuld: TypedMessageType<MeldingAangevuld> = messageType(
  'be.lbbus.melding.aangevuld.v1',
);

/** What `@context` says in a message about a melding. */
export const meldingContext = 'urn:lb-bus:context:melding:v1';

/** IRIs of the statuses: `statuswaarde.opgelost`. */
export const statuswaarde = meldingStatuswaarde;
