import { readForm } from '#kit/simulator-request.js';
import type { SimulatedForm } from '#kit/simulator-request.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { refusal } from './answers.js';
import { newId, secondsNow, touch } from './state.js';
import type { Environment, StoredAttachment, StoredIncident } from './state.js';

export const presentedAttachment = (
  environment: Environment,
  incident: StoredIncident,
  { content, ...attachment }: StoredAttachment,
): unknown => ({
  ...attachment,
  size: content.length,
  downloadUrl: `/tas/api/incidents/id/${incident.id}/attachments/${attachment.id}/download`,
  operator: environment.operator,
  person: null,
});

const parts = new Set(['file', 'invisibleForCaller', 'description']);

const isWellFormed = ({ fields, files }: SimulatedForm): boolean =>
  files.length === 1 &&
  files.every(({ name, fileName }) => name === 'file' && fileName !== '') &&
  Object.keys(fields).every((name) => parts.has(name));

const read = async (
  request: SimulatedRequest,
): Promise<Omit<StoredAttachment, 'id' | 'entryDate'> | null> => {
  const form = await readForm(request);
  const file = form?.files[0];
  if (!form || !file || !isWellFormed(form)) return null;
  return {
    fileName: file.fileName,
    content: file.content,
    description: form.fields['description'] ?? null,
    invisibleForCaller: form.fields['invisibleForCaller'] === 'true',
  };
};

/** POST …/attachments: multipart with `file`, `invisibleForCaller`, `description`; answered with 200. */
export const upload = async (
  environment: Environment,
  request: SimulatedRequest,
  incident: StoredIncident,
): Promise<SimulatedAnswer> => {
  if (!environment.mayWrite) return refusal(403, 'no permission to upload file');
  const given = await read(request);
  if (!given) return refusal(400, 'The parameters of the request were malformed');
  if (given.content.length > environment.attachmentLimitBytes)
    return refusal(413, 'The file is too large');
  const attachment = { ...given, id: newId(), entryDate: secondsNow(environment) };
  environment.attachments.get(incident.id)?.push(attachment);
  environment.effects.push({ attached: incident.id, description: attachment.description });
  touch(environment, incident, environment.operator);
  return { status: 200, json: presentedAttachment(environment, incident, attachment) };
};

export const download = (attachments: readonly StoredAttachment[], id: string): SimulatedAnswer => {
  const found = attachments.find((attachment) => attachment.id === id);
  if (!found) return refusal(404, 'The entity was not found');
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: found.content,
  };
};
