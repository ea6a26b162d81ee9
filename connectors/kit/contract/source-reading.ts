import type { Connector } from '../definition.js';
import type { Json } from '../message.js';
import type { AnySource } from '../source.js';
import { drive } from './bench.js';
import type { Bench, Subject } from './bench.js';
import { operationOf } from './examples.js';

const settle = 5_000;

/** A source over the simulator that it is tried with. */
export interface Reading {
  readonly bench: Bench;
  readonly source: AnySource;
}

/**
 * Every item after the cursor, as a process that was started just now would read them; of a queue only the first page, since
 * the next would acknowledge it.
 */
export const readPages = async (
  { bench, source }: Reading,
  cursor: Json,
): Promise<{ items: unknown[]; cursor: Json }> => {
  const { poll } = source;
  if (!poll) throw new Error('the source polls nothing');
  const items: unknown[] = [];
  for (let at = JSON.parse(JSON.stringify(cursor)) as Json; ;) {
    const page = await poll.read(bench.open.client, at, {
      signal: AbortSignal.timeout(settle),
      settings: bench.open.settings,
      now: bench.simulator.now(),
    });
    items.push(...page.items);
    at = page.cursor;
    if (!page.more || poll.acknowledges === true) return { items, cursor: at };
  }
};

/** The first example that makes what sources are about. */
export const makerOf = (subject: Subject): Subject['operations'][number] => {
  const found = subject.operations.find(
    (example) => operationOf(subject.connector, example).operation.answers,
  );
  if (!found) throw new Error('no example makes what the source is about');
  return found;
};

/** Names of the drivers that change something of the kind that the source reports. */
export const changesOf = ({ options }: Subject, name: string): readonly string[] => {
  const changes = options.changes?.[name] ?? [];
  if (changes.length < 2) throw new Error(`two changes are needed to try the source ${name}`);
  return changes;
};

/** People at the other side change something, a minute later; the look comes after the second in which they did. */
export const change = (bench: Bench, driver: string | undefined): void => {
  bench.simulator.advance(60_000);
  drive(bench, driver ?? '');
  bench.simulator.advance(1_000);
};

/** Names of the sources that are polled. */
export const polled = ({ sources }: Connector): string[] =>
  Object.entries(sources ?? {})
    .filter(([, { poll }]) => poll)
    .map(([name]) => name);
