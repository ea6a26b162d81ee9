import type { AttestenOpgevraagd, AttestenOpvragen } from '../generated/attesten.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** Which attesten are there of the person with this number? Its answer is `attestenOpgevraagd`. */
export const attestenOpvragen: TypedMessageType<AttestenOpvragen> = messageType(
  'be.lbbus.attesten.opvragen.v1',
);

/** The attesten of the person that was asked for. */
export const attestenOpgevraagd: TypedMessageType<AttestenOpgevraagd> = messageType(
  'be.lbbus.attesten.opgevraagd.v1',
);

/** What `@context` says in a message about attesten. */
export const attestenContext = 'urn:lb-bus:context:attesten:v1';
