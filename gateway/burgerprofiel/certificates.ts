import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Envelope } from '#bus/envelope.js';
import type { Accept } from '#intake/accepted.js';
import { Refusal } from '#intake/refusal.js';
import { attestenContext, attestenOpgevraagd, attestenOpvragen } from '#oslo/attesten/types.js';
import type { AttestenOpgevraagd } from '#oslo/generated/attesten.js';
import { isInsz } from '#oslo/numbers.js';
import type { Attesten } from '#tenants/burgerprofiel/schema.js';
import type { Access } from '../access/access.js';
import type { Answer } from '../answer.js';
import { whileConnected } from '../answers/connected.js';
import type { Answers } from '../answers/waiting.js';
import { senderOf } from '../messages/caller.js';
import { checkedIn, requireNames, wholeNumber, type Query } from '../messages/query.js';
import { retryAfterSeconds } from '../problems/refusal-of.js';
import { pageOf } from './certificate-page.js';
import { sourceOf } from './caller.js';
import { hal } from './hal.js';

export interface CertificateParts {
  readonly accept: Accept;
  readonly answers: Answers;
}

/** Whose attesten are asked for, and which page of them. */
interface Wish {
  readonly insz: string;
  readonly limit: number;
  readonly page: number;
}

const usualLimit = 10;
const mostLimit = 100;
const mostPage = 999_999_999;
const usualWaitSeconds = 10;
/** Longer than the wait itself: the question is cancelled before nobody waits for it any more. */
const graceMs = 1_000;

/** The number itself is said nowhere: not in an attribute, not in a reason, not in a link. */
const wrongNumber = (): Refusal =>
  new Refusal('bad-query', 400, {
    reasons: [{ pointer: '/ssn', code: 'format', text: { key: 'door.insz', params: {} } }],
  });

const wishOf = (insz: string, query: Query): Wish => {
  if (!isInsz(insz)) throw wrongNumber();
  requireNames(query, ['limit', 'page']);
  return {
    insz,
    limit: checkedIn(query, 'limit', wholeNumber(1, mostLimit)) ?? usualLimit,
    page: checkedIn(query, 'page', wholeNumber(0, mostPage)) ?? 0,
  };
};

const questionOf = ({ tenant }: Access, { verwerking }: Attesten, insz: string): object => ({
  specversion: '1.0',
  id: randomUUID(),
  source: sourceOf(tenant),
  type: attestenOpvragen.type,
  subject: `urn:uuid:${randomUUID()}`,
  time: new Date().toISOString(),
  datacontenttype: 'application/ld+json',
  verwerking,
  data: {
    '@context': attestenContext,
    '@type': 'Attestenvraag',
    registratie: { '@type': 'Identificator', identificator: insz },
  },
});

/** An empty list would say that there are none. */
const unanswered = (cause?: unknown): Refusal =>
  new Refusal('unavailable', 503, { params: { variant: 'attesten' }, retryAfterSeconds, cause });

const asked = async (accept: Accept, access: Access, question: object): Promise<Envelope> => {
  try {
    return (await accept(question, senderOf(access))).envelope;
  } catch (error) {
    // That nobody is coupled who answers is no fault of who asks.
    throw error instanceof Refusal && error.code === 'no-route' ? unanswered(error) : error;
  }
};

interface Told {
  readonly type: string;
  readonly data: AttestenOpgevraagd & { readonly code?: string };
}

/** The attesten in an answer: none where the system does not know the person. Throws 503 where it did not answer. */
const attestenIn = (answer: Buffer | null | 'full'): AttestenOpgevraagd['attest'] => {
  if (answer === null || answer === 'full') throw unanswered();
  const { type, data } = JSON.parse(answer.toString('utf8')) as Told;
  if (type === attestenOpgevraagd.type) return data.attest;
  if (data.code === 'not-found') return [];
  throw unanswered();
};

/**
 * The attesten of a person, asked of the tenant's own system while the caller waits. Throws 400 for a number that is none,
 * 503 where the system does not answer in time.
 */
export const listCertificates =
  ({ accept, answers }: CertificateParts) =>
  async (
    request: IncomingMessage,
    access: Access,
    wished: { readonly insz: string; readonly query: Query },
  ): Promise<Answer> => {
    const attesten = access.tenant.burgerprofiel?.attesten;
    if (!attesten) throw new Refusal('not-found', 404);
    const wish = wishOf(wished.insz, wished.query);
    const envelope = await asked(accept, access, questionOf(access, attesten, wish.insz));
    const waitMs = (attesten.waitSeconds ?? usualWaitSeconds) * 1_000;
    const answer = await whileConnected(request, (hungUp) => {
      const gone = AbortSignal.any([hungUp, AbortSignal.timeout(waitMs)]);
      return answers.waitFor(envelope, access.tenant, { waitMs: waitMs + graceMs, gone });
    });
    return hal(pageOf(attestenIn(answer), wish, attesten.names));
  };
