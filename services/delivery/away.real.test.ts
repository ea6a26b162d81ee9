import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { until } from '#infra/testing/until.js';
import { startProxy, type Proxy } from '#infra/testing/delivery/proxy.js';
import { World } from '#infra/testing/delivery/world.js';

let world: World;
let line: Proxy;
let owner: pg.Client;
let internalPort: number;

beforeAll(async () => {
  world = await World.create();
  line = await startProxy(world.config.databaseUrl);
  owner = new pg.Client({ connectionString: world.config.databaseUrl });
  await owner.connect();
  ({ internalPort } = await world.start({ databaseUrl: line.url }));
  await owner.query(`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'no' using errcode = tg_argv[0]; end $$`);
});
afterAll(async () => {
  await owner.end();
  await world.close();
  await line.close();
});

const health = async (): Promise<string> => {
  const answer = await fetch(`http://127.0.0.1:${internalPort}/health/ready`);
  const { reason = 'ready' } = (await answer.json()) as { reason?: string };
  return reason;
};

/** PostgreSQL answers every write to the table with this SQLSTATE while `work` runs. */
const refusing = async (table: string, code: string, work: () => Promise<void>): Promise<void> => {
  await owner.query(`create trigger refuse before insert or update on ${table}
    for each statement execute function refuse('${code}')`);
  try {
    await work();
  } finally {
    await owner.query(`drop trigger refuse on ${table}`);
  }
};

const waitsThrough = async (code: string, says: string): Promise<void> => {
  const posts = world.archief.posts.length;
  const sent: string[] = [];
  await refusing('delivery.effect', code, async () => {
    sent.push(await world.send({ subject: code }), await world.send({ subject: code }));
    await until(async () => (await health()).includes(says), { what: `health to say "${says}"` });
    expect(world.archief.posts).toHaveLength(posts);
  });
  for (const message of sent) await world.hearing.reaches(message, 'delivered');
  expect(sent.flatMap((message) => world.hearing.outcomesOf(message))).toEqual([
    'delivered',
    'delivered',
  ]);
  expect(world.archief.things.slice(-2).map(({ reference }) => reference)).toEqual(sent);
};

it('[postgres-full] waits while PostgreSQL is full, with nothing parked and nothing sent twice', () =>
  waitsThrough('53100', 'PostgreSQL is full'));

it('[postgres-slow] waits while every statement takes too long', () =>
  waitsThrough('57014', 'PostgreSQL is too slow'));

it('[postgres-restarting] waits while PostgreSQL is shut down and recovers', async () => {
  await waitsThrough('57P01', 'PostgreSQL is being shut down');
  await waitsThrough('57P03', 'PostgreSQL is starting or recovering');
});

it('[postgres-read-only] waits while PostgreSQL takes no writes, as after a failover to a standby', async () => {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name');
  const name = rows[0]?.name ?? '';
  const readOnly = async (value: string): Promise<void> => {
    await owner.query(`alter database "${name}" set default_transaction_read_only = ${value}`);
    line.cut();
    line.join();
  };
  await readOnly('on');
  const message = await world.send();
  await until(async () => (await health()).includes('takes no writes'), { what: 'health' });
  expect(world.hearing.stepsOf(message)).toEqual([]);
  await owner.query('set default_transaction_read_only = off');
  await readOnly('off');
  await world.hearing.reaches(message, 'delivered');
  expect(world.hearing.outcomesOf(message)).toEqual(['delivered']);
});

it('[postgres-full] keeps what an outcome could not be written of, and writes it when there is room', async () => {
  let acted: () => void = () => undefined;
  world.archief.fault = ({ method }) =>
    method === 'POST' ? new Promise<void>((resolve) => (acted = resolve)) : null;
  const message = await world.send();
  const things = world.archief.things.length;
  await until(() => world.archief.things.length === things + 1, { what: 'the archive to act' });
  await refusing('delivery.effect', '53100', async () => {
    acted();
    await until(async () => (await health()).includes('is full'), { what: 'health' });
    expect(world.hearing.stepsOf(message)).toEqual([]);
  });
  world.archief.fault = () => null;
  await world.hearing.reaches(message, 'delivered');
  expect(world.archief.things).toHaveLength(things + 1);
});

it('[postgres-full] lays messages in a postvak as soon as there is room, and does not take that for an outage of the postvak', async () => {
  const sent: string[] = [];
  for (let number = 0; number < 6; number++) sent.push(await world.send());
  for (const message of sent) await world.hearing.reaches(message, 'delivered');
  const lain = () => world.rows('select from delivery.postvak');
  await refusing('delivery.postvak', '53100', async () => {
    for (const message of sent) world.archief.change(message, 'klaar');
    const waits = `select from delivery.waiting where target = 'meldpunt' and code = 'unavailable'`;
    await until(async () => (await world.rows(waits)).length === 6, { what: 'all to wait' });
    expect(await lain()).toEqual([]);
    const metrics = await (await fetch(`http://127.0.0.1:${internalPort}/metrics`)).text();
    const working = /^lbbus_connection_state\{.*connector="meldpunt",state="working"\} 1$/m;
    expect(metrics).toMatch(working);
  });
  await until(async () => (await lain()).length === 6, { what: 'the messages in the postvak' });
  expect(await world.rows(`select from delivery.waiting where state = 'parked'`)).toEqual([]);
});
