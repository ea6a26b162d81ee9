import { setTimeout as pause } from 'node:timers/promises';
import { BrokerUnavailable, Refused, Unroutable } from '#bus/failures.js';
import { Refusal } from '#intake/refusal.js';
import type { Log } from '#runtime/log.js';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** SQLSTATE classes of a server that is away, starting, full or busy; 40: two transactions in each other's way. */
const passingStates = /^(?:08|40|53|55P03|57|58|25006)/;
const passingNetwork = /^E(?:CONN|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)/;
const passingTexts =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|connection error/;

/** PostgreSQL cannot answer now; later it can. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string') return passingStates.test(code) || passingNetwork.test(code);
  return passingTexts.test(error.message);
};

/** The broker cannot take it now; later it can. */
export const isBrokerAway = (error: unknown): boolean =>
  error instanceof BrokerUnavailable ||
  error instanceof Refused ||
  error instanceof Unroutable ||
  (error instanceof Refusal && error.code === 'broker-unavailable');

/** The process stops; what was in hand comes again, here or elsewhere. */
export class Stopping extends Error {
  constructor() {
    super('the process stops: what is in hand comes again');
    this.name = 'Stopping';
  }
}

/** Runs `work` again while PostgreSQL or the broker is away; throws `Stopping` where the process stops before. */
export type Patiently = <T>(what: string, work: () => Promise<T>) => Promise<T>;

export const createPatience =
  ({ stopping, log }: { stopping: AbortSignal; log: Pick<Log, 'warn'> }): Patiently =>
  async (what, work) => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error) && !isBrokerAway(error)) throw error;
        if (stopping.aborted) throw new Stopping();
        log.warn({ what, cause: Reflect.get(error as Error, 'code') ?? String(error) }, 'waits');
        await pause(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
      }
    }
  };
