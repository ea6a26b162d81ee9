import { setTimeout as pause } from 'node:timers/promises';
import type { Acts } from './acts.js';
import type { Doors } from './doors.js';
import type { Random } from './random.js';
import type { LoadTenant } from './tenants.js';

interface Leased {
  readonly lease: string;
  readonly event: { readonly id: string; readonly source: string; readonly busid: string };
}

export interface ReadingOptions {
  readonly doors: Doors;
  readonly tenants: readonly LoadTenant[];
  readonly acts: Acts;
  readonly random: Random;
}

/** Pulls after which the application dies before it acknowledges: what it got comes again. */
const forgetShare = 0.02;
const waitSeconds = 5;
const idleMs = 500;
const path = '/v1/postvak/meldpunt';

/** Fetches from the postvak of every tenant what lies in it, writes it into the ledger of acts and acknowledges it. */
export const startReaders = (options: ReadingOptions): { readonly stop: () => Promise<void> } => {
  const stopping = new AbortController();
  const loops = options.tenants.map((tenant) => readLoop(tenant, options, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
};

const readLoop = async (
  tenant: LoadTenant,
  options: ReadingOptions,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) if ((await readOnce(tenant, options)) === 0) await pause(idleMs);
};

const readOnce = async (tenant: LoadTenant, options: ReadingOptions): Promise<number> => {
  const { doors, acts, random } = options;
  const answer = await doors.call(`${path}/messages?max=50&wait=${waitSeconds}`, tenant.key);
  if (answer?.status !== 200) return 0;
  const messages = answer.json['messages'] as readonly Leased[];
  for (const { event } of messages)
    acts.take(
      { tenant: tenant.id, target: 'meldpunt', message: event.busid },
      event.source,
      event.id,
    );
  if (messages.length > 0 && !random.chance(forgetShare))
    await doors.call(`${path}/ack`, tenant.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ leases: messages.map(({ lease }) => lease) }),
    });
  return messages.length;
};
