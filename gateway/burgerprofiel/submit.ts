import type { IncomingMessage } from 'node:http';
import { Refusal } from '#intake/refusal.js';
import { progressPlaces } from '#tenants/burgerprofiel/places.js';
import type { Meldingen } from '#tenants/burgerprofiel/schema.js';
import type { Access } from '../access/access.js';
import { json, type Answer } from '../answer.js';
import { senderOf } from '../messages/caller.js';
import type { PostParts } from '../messages/post.js';
import { meldingOf, type Translated } from './melding.js';
import { placed } from './pieces.js';
import { readSubmission, type SubmissionParts } from './submission.js';

export interface SubmitParts extends SubmissionParts, Pick<PostParts, 'accept'> {}

/** Where Mijn Burgerprofiel reads what became of a melding. */
export const meldingPath = (tenant: string, id: string): string =>
  `/mbp/${tenant}/v1/melding/${id}`;

const longestKey = 128;

const keyIn = ({ headers }: IncomingMessage): string | null => {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && key !== '' && key.length <= longestKey ? key : null;
};

/** Reasons point into what was submitted, not into what we made of it. */
const asSubmitted = (error: unknown, { pointerOf }: Translated): unknown => {
  if (!(error instanceof Refusal) || error.reasons.length === 0) return error;
  const { code, status, params } = error;
  const reasons = error.reasons.map((one) => ({ ...one, pointer: pointerOf(one.pointer) }));
  const variant = code === 'invalid' ? { variant: 'submission' } : {};
  return new Refusal(code, status, { reasons, params: { ...params, ...variant } });
};

/** What the tenant offers, which the admission has found. */
export const meldingenOf = ({ tenant }: Access): Meldingen => {
  const meldingen = tenant.burgerprofiel?.meldingen;
  if (!meldingen) throw new Refusal('not-found', 404);
  return meldingen;
};

/** Takes a melding of Mijn Burgerprofiel: 202 once it is safe on the bus. Throws a `Refusal` after which nothing has entered. */
export const submitMelding =
  (parts: SubmitParts) =>
  async (request: IncomingMessage, access: Access): Promise<Answer> => {
    const { tenant } = access;
    const meldingen = meldingenOf(access);
    const submitted = await readSubmission(parts, request, { tenant: tenant.id, meldingen });
    const context = { tenant, meldingen, idempotencyKey: keyIn(request), now: new Date() };
    const translated = meldingOf(submitted, context);
    const { traceparent } = request.headers;
    try {
      const { id } = await parts.accept({ ...translated.event, traceparent }, senderOf(access));
      const link = meldingPath(tenant.id, id);
      const body = placed(
        { id, status: 'accepted', link },
        progressPlaces,
        meldingen.names?.answer,
      );
      return json(202, body, { location: link });
    } catch (error) {
      throw asSubmitted(error, translated);
    }
  };
