import type { Operator } from '#infra/load/operator.js';
import type { Systems } from '#infra/load/systems.js';
import type { LoadTenant } from '#infra/load/tenants.js';
import type { Happened } from './happened.js';
import { rest } from './pulse.js';

interface Hanging {
  readonly systems: Systems;
  readonly tenant: LoadTenant;
  readonly happened: Happened;
  readonly signal: AbortSignal;
  /** Of the whole soak. */
  readonly forMs: number;
}

/** So often in a soak a system hangs, for a fifth of the time. */
const spells = 6;

/** A system of the tenant takes calls and never answers, six times, and answers again in between and at the end. */
export const hang = async (hanging: Hanging): Promise<void> => {
  const { systems, tenant, happened, signal, forMs } = hanging;
  const spellMs = forMs / spells;
  while (await rest(spellMs * 0.4, signal)) {
    systems.behave(tenant.id, 'zaaksysteem', 'silent');
    happened.count('spells in which a system hung');
    await rest(spellMs * 0.2, signal);
    systems.behave(tenant.id, 'zaaksysteem', null);
    await rest(spellMs * 0.4, signal);
  }
};

interface Operating {
  readonly operator: Operator;
  readonly tenants: readonly string[];
  readonly happened: Happened;
  readonly signal: AbortSignal;
  readonly forMs: number;
}

interface Ordered {
  readonly id?: string;
}

const rounds = 40;

/** Orders what is to become of all that is parked of a tenant. */
const order = async (
  operating: Operating,
  tenant: string,
  act: 'replay' | 'discard',
): Promise<void> => {
  const { operator, happened } = operating;
  const reason = 'soak';
  const pace = act === 'replay' ? { stopAtFailurePercent: 100 } : {};
  const planned = await operator.post('/orders', {
    ...{ act, selection: { tenant }, reason, ...pace },
  });
  // Nothing is parked of it.
  if (planned.status === 404) return;
  const { id } = (planned.status < 300 ? JSON.parse(planned.text) : {}) as Ordered;
  const started =
    id === undefined ? planned : await operator.post(`/orders/${id}/start`, { reason });
  if (started.status < 300) happened.count(`orders to ${act}`);
  else happened.flaw(`an order to ${act} was answered ${started.status}: ${started.text}`);
};

/** An operator who goes round: what is parked of a tenant is tried again, and let go of when its turn has passed. */
export const operate = async (operating: Operating): Promise<void> => {
  const { tenants, happened, signal, forMs } = operating;
  for (let round = 0; await rest(forMs / rounds, signal); round += 1) {
    const replayed = tenants[round % tenants.length] ?? '';
    await happened.guard('a replay', () => order(operating, replayed, 'replay'));
    const former = tenants[(round + tenants.length - 1) % tenants.length] ?? '';
    await happened.guard('a discard', () => order(operating, former, 'discard'));
  }
};
