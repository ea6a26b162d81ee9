import type { GezinOpgevraagd, GezinOpvragen } from '../generated/persoon.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** With whom does this person form a family? Its answer is `gezinOpgevraagd`. */
export const gezinOpvragen: TypedMessageType<GezinOpvragen> = messageType(
  'be.lbbus.gezin.opvragen.v1',
);

/** The family as the register knows it. */
export const gezinOpgevraagd: TypedMessageType<GezinOpgevraagd> = messageType(
  'be.lbbus.gezin.opgevraagd.v1',
);
