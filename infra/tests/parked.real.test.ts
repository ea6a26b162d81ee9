import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { idOf, Parking, subjectOf, untranslatable } from '#infra/testing/delivery/parking.js';

let parking: Parking;

beforeEach(async () => {
  parking = await Parking.open();
});
afterEach(() => parking.close());

it('groups what is parked by its cause, and finds it by what is asked', async () => {
  parking.answer(422);
  const [one] = await parking.park([{ subject: 'a' }]);
  const [two] = await parking.park([{ subject: 'b' }], 2);
  const [unknown] = await parking.park([untranslatable('c')], 3);
  const { json } = await parking.desk.get('/parked');
  const tenants = (count: number) => [{ tenant: 'aalter', count }];
  expect(json).toMatchObject({
    groups: [
      { connector: 'archief', count: 2, tenants: tenants(2), types: [expect.anything()] },
      {
        connector: 'archief',
        code: 'unknown-value',
        cause: 'The archive knows no such thing (/data/titel)',
        count: 1,
        examples: [{ tenant: 'aalter', target: 'archief', id: unknown }],
      },
    ],
  });
  const [first] = json['groups'] as { group: string }[];
  const found = async (query: string): Promise<string[]> => {
    const page = await parking.desk.get(`/parked/messages?${query}`);
    return (page.json['messages'] as { id: string }[]).map(({ id }) => id);
  };
  expect(await found(`group=${first!.group}`)).toEqual([two, one]);
  expect(await found('code=unknown-value')).toEqual([unknown]);
  expect(await found(`subject=${encodeURIComponent(subjectOf('a'))}`)).toEqual([one]);
  expect(await found('tenant=aalter&type=be.lbbus.melding.ingediend.v1')).toHaveLength(3);
  expect(await found('tenant=beringen')).toEqual([]);
  expect(await found(`until=2020-01-01T00:00:00Z`)).toEqual([]);
  const paged: string[] = [];
  for (let next = ''; ;) {
    const page = await parking.desk.get(`/parked/messages?limit=1${next}`);
    paged.push(...(page.json['messages'] as { id: string }[]).map(({ id }) => id));
    if (page.json['next'] === null) break;
    next = `&cursor=${page.json['next'] as string}`;
  }
  expect(paged).toEqual([unknown, two, one]);
});

it('plans a replay, which changes nothing; starts it, follows it, and tells who did what and why', async () => {
  parking.answer(422);
  await parking.park([{ subject: 'a' }, { subject: 'a' }, { subject: 'b' }]);
  parking.answer(null);
  const planned = await parking.desk.post('/orders', {
    act: 'replay',
    selection: { tenant: 'aalter' },
    ratePerSecond: 100,
    reason: 'Archief hersteld',
  });
  expect(planned.status).toBe(201);
  expect(planned.json).toMatchObject({
    state: 'planned',
    tenant: 'aalter',
    stopAtFailurePercent: 20,
    progress: { messages: 3, selected: 3 },
    plan: {
      messages: 3,
      subjects: 2,
      uncertain: 0,
      conflicts: 0,
      inOtherOrders: 0,
      estimatedSeconds: 3,
      lines: [{ target: 'archief', connector: 'archief', messages: 3, fate: 'goes', why: null }],
    },
  });
  expect(parking.delivered()).toEqual([]);
  const path = `/orders/${idOf(planned)}`;
  expect((await parking.desk.post(`${path}/start`, { reason: 'Nu dan' }, 'bert')).status).toBe(200);
  expect(await parking.reaches(path, 'done')).toMatchObject({
    progress: { delivered: 3, failed: 0, selected: 0 },
    outcomes: [{ tenant: 'aalter', target: 'archief', state: 'delivered', messages: 3 }],
    actions: [
      { operator: 'an', action: 'plan-replay', reason: 'Archief hersteld' },
      { operator: 'bert', action: 'start-replay', reason: 'Nu dan' },
    ],
  });
  expect(parking.delivered()).toHaveLength(3);
  expect((await parking.desk.get('/orders?act=replay')).json).toMatchObject({
    orders: [{ state: 'done' }],
  });
});

it('says what would wait or be skipped', async () => {
  parking.answer(422);
  await parking.park([{ subject: 'a' }]);
  const plan = async () => {
    const { json } = await parking.desk.post('/orders', {
      act: 'replay',
      selection: { code: 'invalid' },
      reason: 'Proef',
    });
    return (json['plan'] as { lines: unknown[] }).lines;
  };
  await parking.world.rows(`update delivery.waiting set code = 'invalid'`);
  await parking.hold();
  expect(await plan()).toMatchObject([{ fate: 'waits', why: 'held' }]);
  await parking.world.rows(`update delivery.waiting set target = 'vroeger'`);
  expect(await plan()).toMatchObject([{ fate: 'skipped', why: 'no-target' }]);
  expect(await parking.parked()).toHaveLength(1);
});

it('lets one order have a message, and one operator at a time steer an order', async () => {
  parking.answer(422);
  await parking.park([{ subject: 'a' }, { subject: 'b' }]);
  await parking.hold();
  const selection = { target: 'archief' };
  const order = { act: 'replay', selection, reason: 'Archief hersteld' };
  const one = `/orders/${idOf(await parking.desk.post('/orders', order))}`;
  const other = `/orders/${idOf(await parking.desk.post('/orders', order, 'bert'))}`;
  const starts = await Promise.all([
    parking.desk.post(`${one}/start`, { reason: 'Nu dan' }),
    parking.desk.post(`${one}/start`, { reason: 'Nu dan' }, 'bert'),
  ]);
  expect(starts.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 409]);
  const lost = starts.find(({ status }) => status === 409);
  expect(lost?.json['detail']).toMatch(
    /een opdracht die gepland is; deze is bezig\. (an|bert) raakte/,
  );
  await parking.desk.post(`${other}/start`, { reason: 'Nu ook' });
  expect(await parking.reaches(other, 'done')).toMatchObject({
    progress: { skipped: 2 },
    outcomes: [{ state: 'skipped', code: 'in-another-order', messages: 2 }],
  });
  expect((await parking.desk.post(`${one}/pause`, { reason: 'Even' })).json['state']).toBe(
    'paused',
  );
  expect((await parking.desk.post(`${one}/pause`, { reason: 'Even' })).status).toBe(409);
  expect((await parking.desk.post(`${one}/resume`, { reason: 'Weer' })).json['state']).toBe(
    'running',
  );
  expect((await parking.desk.post(`${one}/cancel`, { reason: 'Toch niet' })).json).toMatchObject({
    state: 'cancelled',
    progress: { skipped: 2 },
  });
  await parking.world.rows(`delete from delivery.hold; select pg_notify('lbbus_holds', '')`);
  expect(await parking.parked()).toHaveLength(2);
  expect(parking.delivered()).toEqual([]);
});

it('discards a selection, for a reason', async () => {
  const [kept, gone] = await parking.park([untranslatable('a'), untranslatable('b')]);
  const planned = await parking.desk.post('/orders', {
    act: 'discard',
    selection: { messages: [gone] },
    reason: 'Dubbel ingediend',
  });
  expect(planned.json).toMatchObject({ plan: { messages: 1, lines: [{ fate: 'goes' }] } });
  const path = `/orders/${idOf(planned)}`;
  await parking.desk.post(`${path}/start`, { reason: 'Dubbel ingediend' });
  expect(await parking.reaches(path, 'done')).toMatchObject({ progress: { discarded: 1 } });
  expect(await parking.world.rows('select message from delivery.waiting')).toEqual([
    { message: kept },
  ]);
  expect((await parking.desk.get('/orders?act=replay')).json).toEqual({ orders: [] });
});

it('refuses what is not right, in words', async () => {
  const aalter = { tenant: 'aalter' };
  const unknown = '/orders/5f0c1b1e-6f0b-5a0e-9d43-5b1f0c3b7a10';
  const wrong = [
    ['/orders', { act: 'replay', selection: {}, reason: 'Alles' }, 400],
    ['/orders', { act: 'replay', reason: 'Alles' }, 400],
    ['/orders', { act: 'edit', selection: aalter, reason: 'Alles' }, 400],
    ['/orders', { act: 'replay', selection: aalter, reason: 'x' }, 400],
    ['/orders', { act: 'replay', selection: aalter, reason: 'Alles', ratePerSecond: 0 }, 400],
    ['/orders', { act: 'replay', selection: { tenant: "a'; drop" }, reason: 'Alles' }, 400],
    ['/orders', { act: 'replay', selection: { ...aalter, age: 1 }, reason: 'Alles' }, 400],
    ['/orders', { act: 'discard', selection: { messages: [] }, reason: 'Alles' }, 400],
    ['/orders', { act: 'replay', selection: { tenant: 'nergens' }, reason: 'Alles' }, 404],
    [`${unknown}/start`, { reason: 'Nu dan' }, 404],
    [`${unknown}/begin`, { reason: 'Nu dan' }, 400],
  ] as const;
  for (const [path, body, status] of wrong) {
    const told = await parking.desk.post(path, body);
    expect([path, body, told.status]).toEqual([path, body, status]);
    expect(told.json['detail']).not.toBe('');
  }
  expect(await parking.world.rows('select from delivery.parked_order')).toEqual([]);
});
