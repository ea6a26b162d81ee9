import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Body of the next request, never the same twice. */
  readonly next: () => string;
  readonly expected: number;
  /** Resolves when the next request may be made. */
  readonly room?: () => Promise<void>;
}

export interface LoadOptions {
  readonly seconds: number;
  readonly connections: number;
  /** All together; as fast as the answers come where it is not given. */
  readonly perSecond?: number;
}

/** What came of the requests of one round. */
export interface Loaded {
  readonly answered: number;
  readonly perSecond: number;
  /** Milliseconds until each answer, from when its request was due. */
  readonly waits: readonly number[];
  /** How often another status was answered, or none. */
  readonly failed: number;
}

const post = (agent: Agent, { url, headers, next }: Target): Promise<number> =>
  new Promise((resolve) => {
    const body = next();
    const sent = request(
      url,
      { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once('error', () => resolve(0));
    sent.end(body);
  });

/** When each request of a connection is due; at once where there is no rate. */
const paced = ({ connections, perSecond }: LoadOptions, index: number, begunAt: number) => {
  const everyMs = perSecond === undefined ? 0 : (1_000 * connections) / perSecond;
  let dueAt = begunAt + (index / connections) * everyMs;
  return async (): Promise<number> => {
    if (everyMs === 0) return performance.now();
    const now = dueAt;
    dueAt += everyMs;
    const waitMs = now - performance.now();
    if (waitMs > 0) await pause(waitMs);
    return now;
  };
};

/** Posts over so many connections for so long. */
export const load = async (target: Target, options: LoadOptions): Promise<Loaded> => {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const waits: number[] = [];
  let failed = 0;
  const begunAt = performance.now();
  const until = begunAt + options.seconds * 1_000;
  const call = async (index: number): Promise<void> => {
    const due = paced(options, index, begunAt);
    for (let at = await due(); at < until && performance.now() < until; at = await due()) {
      await target.room?.();
      if ((await post(agent, target)) === target.expected) waits.push(performance.now() - at);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, (_, index) => call(index)));
  agent.destroy();
  const seconds = (performance.now() - begunAt) / 1_000;
  return { answered: waits.length, perSecond: waits.length / seconds, waits, failed };
};
