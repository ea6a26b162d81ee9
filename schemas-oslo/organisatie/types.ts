import type { OrganisatieOpgevraagd, OrganisatieOpvragen } from '../generated/organisatie.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** Which organisation has this enterprise number? Its answer is `organisatieOpgevraagd`. */
export const organisatieOpvragen: TypedMessageType<OrganisatieOpvragen> = messageType(
  'be.lbbus.organisatie.opvragen.v1',
);

/** What the register knows of the organisation that was asked for. */
export const organisatieOpgevraagd: TypedMessageType<OrganisatieOpgevraagd> = messageType(
  'be.lbbus.organisatie.opgevraagd.v1',
);

/** What `@context` says in a message about an organisation. */
export const organisatieContext = 'urn:lb-bus:context:organisatie:v1';
