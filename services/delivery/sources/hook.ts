import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery } from '#bus/delivery.js';
import type { AnySource, HookRequest } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { OpenConnector } from '#kit/open.js';
import { open } from '#runtime/keys.js';
import { backoffMs } from '../decide/backoff.js';
import { framesOf, troubleOf } from '../decide/trouble.js';
import { lineOfQueue } from '../decode.js';
import type { Line } from '../line.js';
import { Stopping } from '../patience.js';
import { instanceOf, tenantOf, type Tools } from '../tools.js';
import { ingest } from './ingest.js';
import { untilSettled } from './settled.js';

/** Tries while the call is in hand; then a polled source is left to its poll, another's call goes back to the queue. */
const tries = 5;
const longestWaitMs = 60_000;

interface StoredCall {
  readonly headers: Record<string, string>;
  readonly bodyBase64: string;
}

/** The call as the gateway stored it. Throws `SealBroken` where it cannot be opened. */
const callOf = (tools: Tools, line: Line, body: Buffer): HookRequest => {
  const plain = open(body, tenantOf(tools, line).bodyKeys, `${line.tenant}|hook`);
  const { headers, bodyBase64 } = JSON.parse(plain.toString('utf8')) as StoredCall;
  return { headers, body: Buffer.from(bodyBase64, 'base64') };
};

/** Handles one webhook call: verify, read, map, accept. Settles the delivery. */
export const receiveHook = async (
  tools: Tools,
  delivery: Delivery,
  stopping: AbortSignal,
): Promise<void> => {
  const line = lineOfQueue(delivery.queue);
  for (let attempt = 1; ; attempt++) {
    await tools.gate.untilMoving(line, () => delivery.gone);
    const next = await tools
      .patiently('handle a webhook call', () => handle(tools, line, delivery.body))
      .then(() => 'done' as const)
      .catch((error: unknown) => judge(tools, line, error, attempt));
    if (next === 'done') return void delivery.ack();
    if (next === 'back') return void delivery.release();
    await pause(next, undefined, { signal: stopping }).catch(() => {
      throw new Stopping();
    });
  }
};

const handle = async (tools: Tools, line: Line, body: Buffer): Promise<void> => {
  const instance = instanceOf(tools, line);
  if (!instance) return;
  const connection = await tools.connections.of(instance);
  if (connection instanceof Failure) throw connection;
  const call = callOf(tools, line, body);
  for (const [name, source] of verified(connection, call)) {
    const items = await readItems(tools, connection, source, call);
    await untilSettled(tools, line);
    const feed = { line, name, source, settings: connection.settings, client: connection.client };
    for (const item of items) await ingest(tools, feed, item);
  }
};

/** The sources that take this call for theirs; where none does, the reason of the last. */
const verified = (
  { connector, settings }: OpenConnector,
  call: HookRequest,
): [string, AnySource][] => {
  let refusal: unknown = new Failure('reject', 'No source takes calls', { code: 'unsupported' });
  const taking = Object.entries(connector.sources ?? {}).filter(([, { webhook }]) => {
    try {
      webhook?.verify(call, settings);
      return webhook !== undefined;
    } catch (error) {
      refusal = error;
      return false;
    }
  });
  if (taking.length === 0) throw refusal;
  return taking;
};

const readItems = async (
  { timing }: Tools,
  { client, settings }: OpenConnector,
  source: AnySource,
  call: HookRequest,
): Promise<unknown[]> => {
  const signal = AbortSignal.timeout(timing.sendDeadlineMs);
  return (await source.webhook?.read(client, call, { signal, settings })) ?? [];
};

/** What to do after a failure: drop the call, give it back, or wait so many milliseconds and try again. */
const judge = (
  tools: Tools,
  line: Line,
  error: unknown,
  attempt: number,
): 'done' | 'back' | number => {
  if (error instanceof Stopping) throw error;
  const trouble = troubleOf(error, { stage: 'webhook', connector: line.target, late: false });
  const facts = { ...line, code: trouble.code, detail: trouble.detail, attempt };
  if (trouble.verdict === 'reject') {
    tools.metrics.refused.inc({ tenant: line.tenant, code: 'forbidden' });
    tools.log.warn(facts, 'a webhook call was rejected');
    return 'done';
  }
  const waitMs = Math.min(longestWaitMs, backoffMs(attempt, Math.random(), trouble.retryAfterMs));
  if (attempt < tries) return waitMs;
  if (trouble.verdict === 'unknown') {
    tools.log.error({ ...facts, frames: framesOf(error) }, 'a webhook call cannot be handled');
    return 'done';
  }
  tools.log.warn(facts, 'a webhook call goes back to its queue');
  return 'back';
};
