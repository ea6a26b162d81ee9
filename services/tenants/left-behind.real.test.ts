import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aalterYaml, beringenYaml, openTenancy, type Tenancy } from '#infra/testing/tenancy.js';
import type { Act, Plan } from '#tenants/plan.js';
import { findLeftBehind, refuseLeftBehind, wordsOfLeftBehind } from './left-behind.js';

let tenancy: Tenancy;
beforeAll(async () => {
  tenancy = await openTenancy();
  await tenancy.apply(`${aalterYaml}---${beringenYaml}`);
  await tenancy.database.scoped('aalter', async (trx) => {
    const message = { tenant: 'aalter', subject: 's', envelope: '{}', body: Buffer.alloc(1) };
    const due = { state: 'parked' as const, due_at: new Date() };
    await trx
      .insertInto('delivery.waiting')
      .values({ ...message, ...due, target: 'topdesk', message: randomUUID() })
      .execute();
    await trx
      .insertInto('delivery.postvak')
      .values({ ...message, postvak: 'meldpunt', message: randomUUID() })
      .execute();
    const onItsWay = { tenant: 'aalter', message: randomUUID(), target: 'topdesk' };
    await trx
      .insertInto('monitoring.target')
      .values({ ...onItsWay, status: 'accepted' })
      .execute();
  });
});
afterAll(() => tenancy.drop());

const planOf = (tenant: string, act: Act): Plan => ({
  tenant,
  changes: [{ sign: '-', words: '', act }],
});
const found = (tenant: string, act: Act) => findLeftBehind(tenancy.owner, [planOf(tenant, act)]);

it('counts what waits, is parked, is on its way or lies in a postvak where a target is removed, and refuses it', async () => {
  const left = await found('aalter', { act: 'remove-connector', name: 'topdesk' });
  expect(wordsOfLeftBehind(left)).toBe('! 2 messages at aalter topdesk would never be delivered');
  expect(() => refuseLeftBehind(left)).toThrow('or give --leave-behind');
  const tenant = await found('aalter', { act: 'remove-tenant' });
  expect(wordsOfLeftBehind(tenant)).toBe('! 3 messages at aalter would never be delivered');
});

it('tells of what is switched off, and lets it be', async () => {
  const connector = { name: 'meldpunt', connector: 'postvak', settings: {}, hookTokenHash: null };
  const left = await found('aalter', {
    act: 'put-connector',
    connector: { ...connector, enabled: false },
  });
  expect(wordsOfLeftBehind(left)).toBe(
    '! 1 message at aalter meldpunt would wait until it is switched on again',
  );
  expect(() => refuseLeftBehind(left)).not.toThrow();
});

it('has nothing to say where nothing lies', async () => {
  expect(await found('beringen', { act: 'remove-tenant' })).toEqual([]);
});
