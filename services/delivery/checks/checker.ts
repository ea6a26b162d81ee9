import { Failure } from '#kit/failure.js';
import { checkChannel } from '#trace/line-channels.js';
import { askSystem } from '../ask-system.js';
import { lineKey, type Line } from '../line.js';
import { levelOf, startLoop, type Loop } from '../loop.js';
import { endOwnHold } from '../store/holds.js';
import type { Tools } from '../tools.js';
import { endCheck, giveBack, takeChecks, tellWorks, type Asked, type Said } from './store.js';

/** Systems that are asked at the same time by one process. */
const abreast = 10;
/** Longer than a system may take to answer. */
const leaseMs = 20_000;

type CheckTools = Pick<Tools, 'database' | 'connections' | 'directory' | 'gate' | 'log' | 'timing'>;

/**
 * Asks systems on behalf of operators, also those of instances that are switched off. Where one works, a hold of the bus
 * ends and an open circuit is tried, in every process.
 */
export class Checker {
  readonly #tools: CheckTools;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #loop: Loop | undefined;
  #deafen: (() => Promise<void>) | undefined;

  constructor(tools: CheckTools) {
    this.#tools = tools;
  }

  start(): void {
    const { database, timing, log } = this.#tools;
    this.#loop = startLoop('check', timing.sweepMs, () => this.#round(), log);
    this.#deafen = database.listen(checkChannel, (payload) => this.#hear(payload));
  }

  /** The settings are others: what waits for them is looked at. */
  wake(): void {
    this.#loop?.wake();
  }

  /** Takes no more; what is being asked is called off, and left to another. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#deafen?.(), this.#loop?.stop()]);
    await Promise.allSettled(this.#running);
  }

  #hear(payload: string): void {
    if (payload === '') {
      this.wake();
      return;
    }
    const [tenant = '', target = ''] = payload.split('/');
    const { gate } = this.#tools;
    if (gate.phase({ tenant, target }) === 'open') gate.answered({ tenant, target });
  }

  async #round(): Promise<void> {
    const { database, directory, log } = this.#tools;
    const limit = abreast - this.#running.size;
    if (limit <= 0) return;
    const { revision } = directory();
    const taken = await database.scoped('*', (trx) =>
      takeChecks(trx, { revision, limit, leaseMs }),
    );
    for (const asked of taken) {
      const running: Promise<void> = this.#ask(asked)
        .catch((error: unknown) => {
          // Nobody was told: it is asked again when its lease has run out.
          log[levelOf(error)]({ ...lineOf(asked), err: error }, 'a check was not told');
        })
        .finally(() => {
          this.#running.delete(running);
          if (limit === taken.length) this.wake();
        });
      this.#running.add(running);
    }
  }

  async #ask(asked: Asked): Promise<void> {
    const { database, log } = this.#tools;
    const began = performance.now();
    const failure = await this.#failureOf(asked);
    if (failure === 'called off')
      return database.scoped(asked.tenant, (trx) => giveBack(trx, asked));
    const said: Said = {
      code: failure?.code ?? null,
      detail: failure?.message ?? null,
      durationMs: Math.round(performance.now() - began),
    };
    await database.scoped(asked.tenant, async (trx) => {
      if (!failure) {
        await endOwnHold(trx, asked);
        await tellWorks(trx, lineKey(asked));
      }
      await endCheck(trx, asked, said);
    });
    log.info({ ...lineOf(asked), code: said.code }, 'an operator had a system asked');
  }

  async #failureOf(asked: Asked): Promise<Failure | 'called off' | null> {
    const { signal } = this.#stopping;
    const instance = this.#tools
      .directory()
      .tenants.get(asked.tenant)
      ?.connectors.get(asked.target);
    if (!instance)
      return new Failure('pause', `${asked.tenant} has no connector ${asked.target}`, {
        code: 'misconfigured',
      });
    try {
      return await askSystem(this.#tools, instance, signal);
    } catch (error) {
      if (signal.aborted) return 'called off';
      throw error;
    }
  }
}

const lineOf = ({ tenant, target }: Asked): Line => ({ tenant, target });
