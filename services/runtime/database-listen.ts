import pg from 'pg';
import { answeredWithin } from './database-pool.js';

const reconnectMs = 500;
const answerMs = 3_000;
/** A connection on which nothing is ever sent does not notice that nobody is there any more. */
const pingMs = 5_000;

/**
 * Calls back for each notification on the channel, and once after every (re)connection. Goes on for ever, through every
 * loss of the connection, also one that nobody tells of. Returns the way to stop.
 */
export const listen = (
  session: pg.ClientConfig,
  channel: string,
  callback: (payload: string) => void,
): (() => Promise<void>) => {
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const ask = (one: pg.Client, statement: string): Promise<unknown> =>
    answeredWithin(one, answerMs, () => one.query(statement));
  const retry = (lost: pg.Client): void => {
    if (stopped || client !== lost) return;
    client = null;
    lost.connection.stream.destroy();
    clearTimeout(timer);
    timer = setTimeout(connect, reconnectMs);
  };
  const ping = (one: pg.Client): void => {
    timer = setTimeout(() => {
      ask(one, 'select 1').then(
        () => client === one && ping(one),
        () => retry(one),
      );
    }, pingMs);
  };
  const begin = async (next: pg.Client): Promise<void> => {
    await next.connect();
    await ask(next, `listen ${pg.escapeIdentifier(channel)}`);
    if (client !== next) return;
    callback('');
    ping(next);
  };
  const connect = (): void => {
    const next = new pg.Client(session);
    client = next;
    next.on('error', () => retry(next));
    next.on('end', () => retry(next));
    next.on('notification', (notification) => callback(notification.payload ?? ''));
    begin(next).catch(() => retry(next));
  };
  connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    const last = client;
    client = null;
    if (last) await answeredWithin(last, 1_000, () => last.end()).catch(() => undefined);
  };
};
