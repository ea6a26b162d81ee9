import type { DossierStatusGewijzigd } from '../generated/dossier.js';
import { messageType, type TypedMessageType } from '../message-types.js';

/** A file got a new status: its `heeftStatus` holds exactly that one, its `heeftDeelnemer` all who may see it. */
export const dossierStatusGewijzigd: TypedMessageType<DossierStatusGewijzigd> = messageType(
  'be.lbbus.dossier.status-gewijzigd.v1',
);

/** What `@context` says in a message about a file. */
export const dossierContext = 'urn:lb-bus:context:dossier:v1';
