import { closing } from './editing.js';
import { catalogue, newId, secondsNow, touch } from './state.js';
import type { Environment, StoredIncident } from './state.js';

/** What the people of the technical department do: no effect of the bus. */
export const editByHand = (
  environment: Environment,
  incident: StoredIncident,
  changes: Partial<StoredIncident>,
): void => {
  Object.assign(incident, changes);
  closing(environment, incident);
  touch(environment, incident, catalogue.operator[0] ?? environment.operator);
};

/** A progress text of the people of the department. */
export const writeByHand = (
  environment: Environment,
  incident: StoredIncident,
  written: { readonly memoText: string; readonly invisibleForCaller: boolean },
): void => {
  const entry = { id: newId(), ...written, entryDate: secondsNow(environment) };
  environment.actions.get(incident.id)?.push(entry);
  editByHand(environment, incident, {});
};

/** A file that the people of the department attach. */
export const attachByHand = (
  environment: Environment,
  incident: StoredIncident,
  { fileName, content }: { readonly fileName: string; readonly content: Buffer },
): void => {
  environment.attachments.get(incident.id)?.push({
    id: newId(),
    fileName,
    content,
    description: null,
    invisibleForCaller: false,
    entryDate: secondsNow(environment),
  });
  editByHand(environment, incident, {});
};
