import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Body of the next request, never the same twice. */
  readonly next: () => string;
  readonly expected: number;
  /** Whether an answer of that status says that all went well; always, where it is not given. */
  readonly isGood?: (body: string) => boolean;
  /** Where and as whom what `next` just gave is sent; as above where it is not given. */
  readonly turn?: () => Pick<Target, 'url' | 'headers'>;
  /** Resolves when the next request may be made. */
  readonly room?: () => Promise<void> | undefined;
}

export interface LoadOptions {
  readonly seconds: number;
  readonly connections: number;
  /** All together; as fast as the answers come where it is not given. */
  readonly perSecond?: number;
  /** Requests after which it ends although there is time left. */
  readonly most?: number;
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

const isWell = async (
  response: IncomingMessage,
  { expected, isGood }: Target,
): Promise<boolean> => {
  if (isGood) return isGood(await text(response)) && response.statusCode === expected;
  await finished(response.resume());
  return response.statusCode === expected;
};

/** True where it was answered as it should. */
export const post = (agent: Agent, target: Target): Promise<boolean> =>
  new Promise((resolve) => {
    const body = target.next();
    const { url, headers } = target.turn?.() ?? target;
    const length = { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { agent, method: 'POST', headers: { ...headers, ...length } });
    sent.once('response', (response) => {
      isWell(response, target).then(resolve, () => resolve(false));
    });
    sent.once('error', () => resolve(false));
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
  let left = options.most ?? Infinity;
  const begunAt = performance.now();
  const until = begunAt + options.seconds * 1_000;
  const call = async (index: number): Promise<void> => {
    const due = paced(options, index, begunAt);
    for (let at = await due(); at < until && performance.now() < until; at = await due()) {
      if ((left -= 1) < 0) return;
      await target.room?.();
      if (await post(agent, target)) waits.push(performance.now() - at);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, (_, index) => call(index)));
  agent.destroy();
  const seconds = (performance.now() - begunAt) / 1_000;
  return { answered: waits.length, perSecond: waits.length / seconds, waits, failed };
};
