import type { PersonenGevonden, PersonenZoeken } from '../generated/persoon.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** Who lives at this address? Its answer is `personenGevonden`. */
export const personenZoeken: TypedMessageType<PersonenZoeken> = messageType(
  'be.lbbus.personen.zoeken.v1',
);

/** Whom the register knows at the address. */
export const personenGevonden: TypedMessageType<PersonenGevonden> = messageType(
  'be.lbbus.personen.gevonden.v1',
);
