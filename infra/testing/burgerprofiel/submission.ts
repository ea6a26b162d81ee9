import type { Call } from '../caller.js';
import { json } from '../bad-input/shape.js';
import { inszOf } from '../question.js';

const boundary = 'grens';
/** Headers of what `formOf` makes. */
export const formHeaders = { 'content-type': `multipart/form-data; boundary=${boundary}` };
/** Headers of a submission without attachments. */
export const jsonHeaders = { 'content-type': 'application/json' };
const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** One part of a form. */
interface Part {
  readonly name?: string;
  readonly file?: string;
  readonly type?: string;
  readonly content: string | Buffer;
}

/** A multipart/form-data body, byte for byte. */
export const formOf = (...parts: readonly Part[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat([
      ...parts.flatMap(({ name = 'bijlage', file, type, content }) => [
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="${name}"` +
            `${file === undefined ? '' : `; filename="${file}"`}\r\n` +
            `${type === undefined ? '' : `content-type: ${type}\r\n`}\r\n`,
        ),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  );

let count = 0;
/** The least that may be submitted, each time under an id of its own. */
export const submission = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: `mbp-${(count += 1)}`,
  category: 'wegdek',
  description: 'De put is ongeveer 10 cm diep.',
  ...changes,
});
/** Everything that may be submitted. */
export const whole = (): Record<string, unknown> =>
  submission({
    submittedAt: '2026-01-05T09:12:00+01:00',
    title: 'Put in het fietspad',
    language: 'nl',
    location: {
      longitude: 3.4469,
      latitude: 51.0901,
      address: { street: 'Markt', houseNumber: '12', postalCode: '9880', municipality: 'Aalter' },
    },
    reporter: { insz: inszOf(3), firstName: 'An', lastName: 'Voorbeeld', email: 'an@example.org' },
  });

/** A submission with files. */
export const attached = (melding: unknown, ...files: readonly Part[]): Call => ({
  body: formOf({ name: 'melding', content: json(melding), type: 'application/json' }, ...files),
  headers: formHeaders,
});
/** A file that may come along. */
export const photo = { file: 'put.png', type: 'image/png', content: png };
