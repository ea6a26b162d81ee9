import type { Register } from '#kit/register.js';
import { dienstNaam } from './diensten.js';
import type { Dienst } from './diensten.js';
import type { Vraag } from './envelope.js';
import type { MagdaSettings } from './settings.js';

/**
 * What the register of questions says of a question: under its Referte, which is the id of the message, and in its
 * capacity. `about` and `found` give the numbers of those asked about, and of those of whom the answer tells.
 */
export const registered = <R extends { readonly vraag: Vraag }, A>(
  dienst: (request: R) => Dienst,
  about: (request: R) => readonly string[],
  found: (answer: A) => readonly string[] = () => [],
): Register<MagdaSettings, R, A> => ({
  service: 'MAGDA',
  entry: (request, { messageId }) => ({
    service: dienstNaam(dienst(request)),
    reference: messageId,
    capacity: request.vraag.afzender.hoedanigheid,
    about: about(request),
  }),
  found,
});
