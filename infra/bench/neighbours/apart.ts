import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Declared } from '#infra/chaos/setting.js';
import type { Reach } from '#infra/load/operator.js';

/** What the thread of the tenants in trouble is told, and how many tenants of the load stand before them. */
export interface Given {
  readonly quiet: number;
}

/** The bus as the applications of these tenants and its operator reach it. */
export interface Ways {
  readonly gateways: readonly string[];
  readonly operators: Reach;
}

/** What it is asked, one after the other; it answers each once that is done. */
export type Asked =
  | { readonly step: 'open'; readonly ways: Ways }
  | { readonly step: 'prepare' }
  | { readonly step: 'make' }
  | { readonly step: 'stop' };

/**
 * The tenants in trouble, with their applications and systems in a thread of its own: what they do is heavy, and who measures
 * the others must not come late for it.
 */
export interface Apart {
  readonly declared: Declared;
  readonly ask: (asked: Asked) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the thread. Its systems answer when this resolves. */
export const startApart = async (given: Given): Promise<Apart> => {
  const worker = new Worker(new URL('./troubled.js', import.meta.url), { workerData: given });
  // `once` rejects where the thread fails.
  const [declared] = (await once(worker, 'message')) as [Declared];
  return {
    declared,
    ask: async (asked) => {
      const done = once(worker, 'message');
      worker.postMessage(asked);
      await done;
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
