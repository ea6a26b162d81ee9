import { randomUUID } from 'node:crypto';
import type { Json } from '#kit/message.js';
import type { AnySource } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { ConnectorInstance } from '#tenants/directory.js';
import { troubleOf, type Trouble } from '../decide/trouble.js';
import { lineOf } from '../connections.js';
import { readRegistered } from '../consultations/polled.js';
import { isBrokerAway, isDatabaseAway } from '../patience.js';
import { endPoll, keepCursor, leaseCursor, type Polled, type PollLease } from '../store/cursors.js';
import { busyMs } from '../timing.js';
import type { Tools } from '../tools.js';
import { ingest, type Feed } from './ingest.js';
import { untilSettled } from './settled.js';

/** How a poll ended: `null` well, `'elsewhere'` where another process does it, else what went wrong. */
export type PollEnd = Trouble | 'elsewhere' | null;

export interface PollTask {
  readonly instance: ConnectorInstance;
  readonly name: string;
  readonly source: AnySource;
  /** Since the last one, at least; whichever process did it. */
  readonly restMs: number;
  readonly stopping: AbortSignal;
}

interface Reading {
  readonly polled: Polled;
  readonly lease: PollLease;
}

/** Polls once, page by page, as the only process that does. The cursor is kept after each page that has been accepted. */
export const poll = async (tools: Tools, task: PollTask): Promise<PollEnd> => {
  const line = lineOf(task.instance);
  const polled = { line, source: task.name };
  const lease = { lease: randomUUID(), leaseMs: 2 * busyMs(tools.timing) };
  const begun = await tools.database.scoped(line.tenant, (trx) =>
    leaseCursor(trx, polled, { ...lease, restMs: task.restMs }),
  );
  if (!begun) return 'elsewhere';
  const trouble = await readAll(tools, task, { polled, lease }, begun.cursor);
  const failure = trouble && `${trouble.code}: ${trouble.detail}`;
  await tools.database.scoped(line.tenant, (trx) => endPoll(trx, polled, lease.lease, failure));
  return trouble;
};

const readAll = async (
  tools: Tools,
  task: PollTask,
  reading: Reading,
  from: Json,
): Promise<Trouble | null> => {
  let cursor = from;
  try {
    for (let more = true; more && !task.stopping.aborted;) {
      const page = await readPage(tools, task, cursor);
      if (page.items.length > 0) await untilSettled(tools, reading.polled.line);
      for (const item of page.items) await ingest(tools, page.feed, item);
      const kept = await tools.database.scoped(task.instance.tenant, (trx) =>
        keepCursor(trx, reading.polled, page.cursor, reading.lease),
      );
      cursor = page.cursor;
      more = kept && page.more;
    }
    return null;
  } catch (error) {
    return pollTrouble(task, error);
  }
};

/** Our own broker or database being away is no fault of the system that is polled. */
const pollTrouble = ({ instance }: PollTask, error: unknown): Trouble => {
  const late = error instanceof Error && error.name === 'TimeoutError';
  const trouble = troubleOf(error, { stage: 'poll', connector: instance.name, late });
  if (!isBrokerAway(error) && !isDatabaseAway(error)) return trouble;
  return { ...trouble, verdict: 'retry', code: 'unavailable', detail: 'The bus itself waits' };
};

const readPage = async (tools: Tools, { instance, name, source }: PollTask, cursor: Json) => {
  const connection = await tools.connections.of(instance);
  if (connection instanceof Failure) throw connection;
  const { settings, client } = connection;
  const { poll: polled } = source;
  if (!polled) throw new Error(`source ${name} is not polled`);
  const page = await readRegistered(tools, { instance, name, source, settings }, (reference) => {
    const signal = AbortSignal.timeout(tools.timing.sendDeadlineMs);
    const context = { signal, settings, now: new Date() };
    return polled.read(client, cursor, {
      ...context,
      ...(reference !== undefined && { reference }),
    });
  });
  const feed: Feed = { line: lineOf(instance), name, source, settings, client };
  return { ...page, feed };
};
