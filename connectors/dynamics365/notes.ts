import { Readable } from 'node:stream';
import { v5 } from 'uuid';
import type { Attachment } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { BatchPart } from '#kit/http.js';
import { cutText, escapeHtml, oneLine } from '#kit/text.js';
import { lengths } from './incident.js';
import type { Columns } from './incident.js';
import type { Dynamics } from './client.js';

/** Titles of notes of the bus begin with it; those are never told as additions. */
export const ownMark = 'LB-bus';

/** Plain text that, escaped, always fits. */
const safeLength = Math.floor(lengths.notetext / 6);

/** Plain text as the text of a note, which is shown as HTML. */
export const noteText = (plain: string): string => {
  const whole = escapeHtml(plain);
  return whole.length <= lengths.notetext ? whole : escapeHtml(cutText(plain, safeLength));
};

/** The id of what a message adds, the same however often it comes: a repeat finds it there. */
export const noteIdOf = (messageId: string, what: string): string => v5(what, messageId);

/** Makes a note at an incident under this id; where it is there already, that is an error. */
export const notePart = (noteId: string, incidentId: string, columns: Columns): BatchPart => ({
  method: 'PATCH',
  path: `/annotations(${noteId})`,
  headers: { 'if-none-match': '*' },
  json: { ...columns, 'objectid_incident@odata.bind': `/incidents(${incidentId})` },
});

const discard = ({ content }: Attachment): void => {
  if (content instanceof Readable) content.destroy();
};

const base64Length = (sizeBytes: number): number => 4 * Math.ceil(sizeBytes / 3);

const tooLarge = (sizeBytes: number, limitBytes: number): Failure =>
  new Failure(
    'reject',
    `An attachment of ${sizeBytes} bytes is larger than a note in Dynamics 365 takes (${limitBytes} bytes in base64)`,
    { code: 'too-large', pointer: '/data/heeftBody' },
  );

/** Refuses before anything is done: a melding is not brought over without its photo. */
export const refuseLarge = async (
  { settings: { attachmentLimitBytes } }: Dynamics,
  uris: readonly string[],
  context: SendContext,
): Promise<void> => {
  for (const uri of uris) {
    const attachment = await context.attachment(uri);
    discard(attachment);
    if (base64Length(attachment.sizeBytes) > attachmentLimitBytes)
      throw tooLarge(attachment.sizeBytes, attachmentLimitBytes);
  }
};

const base64Of = async ({ content, sizeBytes }: Attachment): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(Buffer.from(chunk as Uint8Array));
  const bytes = Buffer.concat(chunks);
  if (bytes.length !== sizeBytes)
    throw new Failure('retry', 'An attachment did not come whole from the bus', {
      code: 'unavailable',
    });
  return bytes.toString('base64');
};

/** Attaches a file to an incident, as a note with a document. */
export const attachFile = async (
  { http }: Dynamics,
  { uri, incidentId }: { uri: string; incidentId: string },
  context: SendContext,
): Promise<void> => {
  const file = await context.attachment(uri);
  const filename = cutText(oneLine(file.fileName), lengths.filename);
  const part = notePart(noteIdOf(context.messageId, uri), incidentId, {
    subject: `${ownMark}: bijlage`,
    filename,
    mimetype: cutText(oneLine(file.contentType), lengths.mimetype),
    documentbody: await base64Of(file),
  });
  await http.request({ ...part, signal: context.signal });
};
