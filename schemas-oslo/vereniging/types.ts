import type { VerenigingOpgevraagd, VerenigingOpvragen } from '../generated/vereniging.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** Which association has this vCode? Its answer is `verenigingOpgevraagd`. */
export const verenigingOpvragen: TypedMessageType<VerenigingOpvragen> = messageType(
  'be.lbbus.vereniging.opvragen.v1',
);

/** What the register knows of the association that was asked for. */
export const verenigingOpgevraagd: TypedMessageType<VerenigingOpgevraagd> = messageType(
  'be.lbbus.vereniging.opgevraagd.v1',
);

/** What `@context` says in a message about an association. */
export const verenigingContext = 'urn:lb-bus:context:vereniging:v1';
