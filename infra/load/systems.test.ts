import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { basic } from '#kit/auth.js';
import type { Behaviour } from './behaviour.js';
import { startSystems, type Systems } from './systems.js';
import { loadTenants } from './tenants.js';

const [tenant] = loadTenants(1) as [ReturnType<typeof loadTenants>[number]];

describe('the systems of a load', () => {
  let systems: Systems;
  let count = 0;

  beforeAll(async () => {
    systems = await startSystems([tenant]);
  });
  afterAll(() => systems.close());
  beforeEach(() => systems.behave(tenant.id, 'topdesk', null));

  /** Makes an incident as the bus does; null where no answer came within 2 s. */
  const incident = async (): Promise<number | null> => {
    const { baseUrl, username, password } = systems.settingsOf(tenant, 'topdesk') as Record<
      'baseUrl' | 'username' | 'password',
      string
    >;
    try {
      const response = await fetch(`${baseUrl}/tas/api/incidents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...basic(username, password)() },
        body: JSON.stringify({ status: 'firstLine', externalNumber: `m${(count += 1)}` }),
        signal: AbortSignal.timeout(2_000),
      });
      return response.status;
    } catch {
      return null;
    }
  };
  const acted = (): boolean => systems.acts.list.some(({ message }) => message === `m${count}`);

  it('act, and write it into their ledger', async () => {
    expect(await incident()).toBe(201);
    expect(systems.acts.list.at(-1)).toMatchObject({
      tenant: tenant.id,
      target: 'topdesk',
      message: `m${count}`,
    });
  });

  const answers: readonly (readonly [Behaviour, number | null, boolean])[] = [
    ['status-500', 500, false],
    ['status-429', 429, false],
    ['silent', null, false],
    ['lost-reply', null, true],
    ['late', null, true],
    ['half-closed', null, true],
    ['twice', 201, true],
    ['slow', 201, true],
  ];
  it.each(answers)('%s: answers %p, acts: %p', async (behaviour, status, acts) => {
    systems.behave(tenant.id, 'topdesk', behaviour);
    expect(await incident()).toBe(status);
    expect(acted()).toBe(acts);
  });
});
