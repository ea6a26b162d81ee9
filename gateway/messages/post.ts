import type { IncomingMessage } from 'node:http';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Envelope } from '#bus/envelope.js';
import type { Accept, Sender } from '#intake/accepted.js';
import type { Refusal } from '#intake/refusal.js';
import type { GatewayMetrics } from '#runtime/metrics.js';
import type { Access } from '../access/access.js';
import type { Count } from '../access/turn.js';
import { cloudEvent, json, type Answer } from '../answer.js';
import { whileConnected } from '../answers/connected.js';
import { preferredWaitSeconds } from '../answers/prefer.js';
import type { Answers } from '../answers/waiting.js';
import { modeOf } from '../body/media.js';
import { problemOf, type Reader } from '../problems/problem.js';
import { refusalOf, retryAfterSeconds } from '../problems/refusal-of.js';
import { readBatch, readEvent, type BodyTimes } from './events.js';

export interface PostParts {
  readonly accept: Accept;
  readonly answers: Answers;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
  readonly count: Count;
  readonly times: BodyTimes;
}

/** Who posts, and how to speak to them. */
export interface Caller extends Reader {
  readonly access: Access;
}

const pathOf = (id: string): string => `/v1/messages/${id}`;
const acceptedBody = (id: string) => ({ id, status: 'accepted', links: { self: pathOf(id) } });

/** On whose behalf `accept` takes what comes in. */
export const senderOf = ({ credential }: Access): Sender => ({
  tenant: credential.tenant,
  sources: credential.sources,
  types: credential.types,
  system: credential.system,
});

type ItemResult = Readonly<Record<string, unknown>> & { readonly status: number };

const resultOf = async (
  item: () => Promise<unknown>,
  { accept, metrics }: PostParts,
  caller: Caller,
): Promise<ItemResult> => {
  try {
    const { id } = await accept(await item(), senderOf(caller.access));
    const { links } = acceptedBody(id);
    return { status: 202, id, links };
  } catch (error) {
    const refusal: Refusal = refusalOf(error);
    metrics.refused.inc({ tenant: caller.access.tenant.id, code: refusal.code });
    return { status: refusal.status, problem: problemOf(refusal, caller) };
  }
};

const overRate = 429;

interface Item {
  readonly index: number;
  readonly read: () => unknown;
  /** When its batch began. */
  readonly begunMs: number;
}

/** The request was counted at the door: that is its first message. */
const counted =
  (item: Item, { count }: PostParts, { access }: Caller) =>
  async (): Promise<unknown> => {
    if (item.index > 0) await count(access.tenant, item.begunMs);
    return item.read();
  };

/**
 * One after another: messages about one subject enter in the order in which they stand. What follows on a message that
 * is over the rate is not tried: it would overtake it.
 */
const postBatch = async (
  request: IncomingMessage,
  parts: PostParts,
  caller: Caller,
): Promise<Answer> => {
  const items = await readBatch(request, parts.times.batchMs);
  const results: ItemResult[] = [];
  let refused: ItemResult | null = null;
  const begunMs = performance.now();
  for (const [index, read] of items.entries()) {
    const item = counted({ index, read, begunMs }, parts, caller);
    const result: ItemResult = refused ?? (await resultOf(item, parts, caller));
    if (result.status === overRate) refused = result;
    results.push({ index, ...result });
    // What is refused waits for nothing: a batch of that would keep everybody waiting.
    if (!refused) await othersFirst();
  }
  const later = results.some(({ status }) => status === 503 || status === overRate);
  return json(207, { results }, later ? { 'retry-after': String(retryAfterSeconds) } : {});
};

interface Question {
  readonly request: IncomingMessage;
  readonly envelope: Envelope;
  readonly seconds: number;
  readonly accepted: Answer;
}

/** The answer, where it comes in time; else it can be read later. */
const answered = async (
  { answers }: PostParts,
  { access }: Caller,
  { request, envelope, seconds, accepted }: Question,
): Promise<Answer> => {
  const found = await whileConnected(request, (gone) =>
    answers.waitFor(envelope, access.tenant, { waitMs: seconds * 1_000, gone }),
  );
  if (found === 'full') return accepted;
  const applied = { 'preference-applied': `wait=${seconds}` };
  if (!found) return { ...accepted, headers: { ...accepted.headers, ...applied } };
  return {
    status: 200,
    headers: { ...cloudEvent, location: pathOf(envelope.id), ...applied },
    body: found,
  };
};

/** Takes one CloudEvent (202, or 200 with the answer to a question) or a batch (207). Throws a `Refusal` after which nothing has entered. */
export const postMessages =
  (parts: PostParts) =>
  async (request: IncomingMessage, caller: Caller): Promise<Answer> => {
    const mode = modeOf(request.headers['content-type']);
    if (mode === 'batch') return postBatch(request, parts, caller);
    const event = await readEvent(request, mode, parts.times.messageMs);
    const { id, envelope } = await parts.accept(event, senderOf(caller.access));
    const accepted = json(202, acceptedBody(id), { location: pathOf(id) });
    const seconds = preferredWaitSeconds(request.headers['prefer']);
    if (envelope.kind !== 'question' || seconds === 0) return accepted;
    return answered(parts, caller, { request, envelope, seconds, accepted });
  };
