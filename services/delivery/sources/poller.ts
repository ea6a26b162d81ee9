import type { AnySource, Connector } from '#kit/definition.js';
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

  /** Starts what is due. */
  look(): void {
    for (const instance of this.#instances()) {
      const sources = this.#connectors.get(instance.connector)?.sources ?? {};
      for (const [name, source] of Object.entries(sources))
        if (source.poll) this.#lookAt(instance, name, source);
    }
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

  #lookAt(instance: ConnectorInstance, name: string, source: AnySource): void {
    const key = `${lineKey(lineOf(instance))}/${name}`;
    const plan = this.#plans.get(key) ?? {
      nextAt: performance.now() + Math.random() * this.#tools.timing.lookMs,
      failures: 0,
      running: false,
    };
    this.#plans.set(key, plan);
    const full = this.#running.size >= mostAtOnce || this.#stopping.signal.aborted;
    if (plan.running || full || performance.now() < plan.nextAt) return;
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
