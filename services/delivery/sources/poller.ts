import type { Connector } from '#kit/definition.js';
import type { AnySource } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { ConnectorInstance } from '#tenants/directory.js';
import { lineOf } from '../connections.js';
import { backoffMs } from '../decide/backoff.js';
import { lineKey } from '../line.js';
import { levelOf } from '../loop.js';
import type { Tools } from '../tools.js';
import { poll, type PollEnd } from './poll.js';

const mostAtOnce = 20;
const longestRetryMs = 900_000;
const elsewhereMs = 10_000;
const spread = 0.2;

interface Plan {
  nextAt: number;
  failures: number;
  running: boolean;
}

/** A source of an instance, and when its turn is. */
interface Turn {
  readonly plan: Plan;
  readonly instance: ConnectorInstance;
  readonly name: string;
  readonly source: AnySource;
}

/** Those that are due and do not run yet, at most so many, the one that has waited longest first. */
export const longestDue = <T extends { readonly plan: Pick<Plan, 'nextAt' | 'running'> }>(
  turns: readonly T[],
  now: number,
  places: number,
): T[] =>
  turns
    .filter(({ plan }) => !plan.running && plan.nextAt <= now)
    .sort((one, other) => one.plan.nextAt - other.plan.nextAt)
    .slice(0, Math.max(0, places));

/** Polls the sources of all coupled instances, each in its own rhythm, spread so that they do not go in step. */
export class Poller {
  readonly #tools: Tools;
  readonly #connectors: ReadonlyMap<string, Connector>;
  readonly #instances: () => readonly ConnectorInstance[];
  readonly #plans = new Map<string, Plan>();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  /** `instances`: coupled, not held. */
  constructor(
    tools: Tools,
    connectors: ReadonlyMap<string, Connector>,
    instances: () => readonly ConnectorInstance[],
  ) {
    this.#tools = tools;
    this.#connectors = connectors;
    this.#instances = instances;
  }

  /** Starts what is due, up to its bound: who has waited longest goes first, so that nobody waits for ever. */
  look(): void {
    if (this.#stopping.signal.aborted) return;
    const places = mostAtOnce - this.#running.size;
    for (const due of longestDue(this.#turns(), performance.now(), places)) this.#start(due);
  }

  /** After a change of the tenants nothing waits for a wrong password of yesterday. */
  forgive(): void {
    for (const plan of this.#plans.values())
      if (plan.failures > 0) Object.assign(plan, { failures: 0, nextAt: 0 });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#running);
  }

  #turns(): Turn[] {
    return this.#instances().flatMap((instance) =>
      Object.entries(this.#connectors.get(instance.connector)?.sources ?? {})
        .filter(([, { poll: polled }]) => polled)
        .map(([name, source]) => ({ instance, name, source, plan: this.#planOf(instance, name) })),
    );
  }

  #planOf(instance: ConnectorInstance, name: string): Plan {
    const key = `${lineKey(lineOf(instance))}/${name}`;
    const plan = this.#plans.get(key) ?? {
      nextAt: performance.now() + Math.random() * this.#tools.timing.lookMs,
      failures: 0,
      running: false,
    };
    this.#plans.set(key, plan);
    return plan;
  }

  #start({ plan, instance, name, source }: Turn): void {
    plan.running = true;
    const running = this.#poll(plan, instance, name, source).finally(() => {
      plan.running = false;
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  async #poll(
    plan: Plan,
    instance: ConnectorInstance,
    name: string,
    source: AnySource,
  ): Promise<void> {
    const { log, connections } = this.#tools;
    let everyMs = elsewhereMs;
    let end: PollEnd = 'elsewhere';
    try {
      const connection = await connections.of(instance);
      if (!(connection instanceof Failure) && source.poll)
        everyMs = 1_000 * source.poll.everySeconds(connection.settings);
      const restMs = everyMs * (1 - spread);
      end = await poll(this.#tools, {
        instance,
        name,
        source,
        restMs,
        stopping: this.#stopping.signal,
      });
    } catch (error) {
      log[levelOf(error)]({ ...lineOf(instance), source: name, err: error }, 'not polled');
    }
    if (end !== null && end !== 'elsewhere')
      log.warn(
        { ...lineOf(instance), source: name, code: end.code, detail: end.detail },
        'poll failed',
      );
    plan.failures = end === null || end === 'elsewhere' ? 0 : plan.failures + 1;
    plan.nextAt = performance.now() + this.#waitMs(end, everyMs, plan.failures);
  }

  #waitMs(end: PollEnd, everyMs: number, failures: number): number {
    const usualMs = everyMs * (1 + spread * (Math.random() - 0.5));
    if (end === null) return usualMs;
    if (end === 'elsewhere') return Math.min(usualMs, elsewhereMs);
    if (end.verdict === 'pause' || end.verdict === 'reject') return this.#tools.timing.probeMs;
    return Math.min(longestRetryMs, backoffMs(failures, Math.random(), end.retryAfterMs));
  }
}
