import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startProxy } from '#infra/testing/delivery/proxy.js';
import { World } from '#infra/testing/delivery/world.js';
import { until } from '#infra/testing/until.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { preferredOf } from './preferred.js';

const archives = 2;
const postvakken = 25;
/** With the archive and the postvak that each test has. */
const allLines = archives + postvakken + 2;
const subjects = 3;

let world: World;
const loads: { stop: () => Promise<unknown> }[] = [];

beforeEach(async () => {
  world = await World.create({ archives, postvakken });
});
afterEach(async () => {
  await Promise.all(loads.splice(0).map((load) => load.stop()));
  await world.close();
});

const metricsOf = async ({ internalPort }: RunningProcess): Promise<string> =>
  (await fetch(`http://127.0.0.1:${internalPort}/metrics`)).text();

/** The lines that a replica says are its share. */
const linesOf = async (replica: RunningProcess): Promise<ReadonlySet<string>> => {
  const text = await metricsOf(replica);
  const lines = [...text.matchAll(/^lbbus_connection_state\{.*connector="([^"]+)"/gm)];
  const served = new Set(lines.map(([, line = '']) => line));
  expect(text).toMatch(new RegExp(`^lbbus_lines_served ${served.size}$`, 'm'));
  return served;
};

const sharesOf = (...replicas: RunningProcess[]): Promise<ReadonlySet<string>[]> =>
  Promise.all(replicas.map(linesOf));

/** Waits until the replicas agree: each line is the share of one of them. */
const shared = (...replicas: RunningProcess[]): Promise<ReadonlySet<string>[]> =>
  until(
    async () => {
      const shares = await sharesOf(...replicas);
      const lines = shares.flatMap((share) => [...share]);
      const agreed = lines.length === allLines && new Set(lines).size === allLines;
      return agreed && shares.every((share) => share.size > 0) ? shares : null;
    },
    { what: 'an agreement on the shares' },
  );

const deliveredBy = async (replica: RunningProcess, line: string): Promise<number> => {
  const pattern = `^lbbus_deliveries_total\\{.*connector="${line}",outcome="delivered"\\} (\\d+)$`;
  return Number(new RegExp(pattern, 'm').exec(await metricsOf(replica))?.[1] ?? 0);
};

/** Waits until the replica itself delivers to each archive of its share. */
const serve = async (replica: RunningProcess, share: ReadonlySet<string>): Promise<void> => {
  for (const line of [...share].filter((name) => name.startsWith('archief')))
    await until(() => deliveredBy(replica, line), { what: `${line} to be served by its replica` });
};

/** Sends until it is stopped; answers then what was sent of each subject, in order. */
const keepSending = () => {
  const sent = Array.from({ length: subjects }, (): string[] => []);
  const stopping = new AbortController();
  const send = async (number: number): Promise<void> => {
    sent[number % subjects]?.push(await world.send({ subject: `s${number % subjects}` }));
    await pause(200);
    if (!stopping.signal.aborted) await send(number + 1);
  };
  const sending = send(0);
  sending.catch(() => undefined);
  const load = {
    /** What is sent from now on arrives everywhere. */
    flows: async (what: string): Promise<void> => {
      const message = await world.send();
      await until(
        () =>
          world.archives.every(({ things }) =>
            things.some(({ reference }) => reference === message),
          ),
        { what: `every line to go on ${what}` },
      );
    },
    stop: async (): Promise<readonly (readonly string[])[]> => {
      stopping.abort();
      await sending;
      return sent;
    },
  };
  loads.push(load);
  return load;
};

it('shares the lines, moves only the share of a replica that joins or dies, and keeps order and once through it all', async () => {
  const lines = [
    await startProxy(world.config.amqpUrl),
    await startProxy(world.config.databaseUrl),
  ];
  const [amqpLine, databaseLine] = lines;
  const first = await world.start();
  const doomed = await world.start({ amqpUrl: amqpLine!.url, databaseUrl: databaseLine!.url });
  const load = keepSending();
  const [ofFirst, ofDoomed] = await shared(first, doomed);
  // Chance decides who gets which; fewer than one in six of these many happens once in ten thousand runs.
  for (const share of [ofFirst!, ofDoomed!]) expect(share.size).toBeGreaterThan(allLines / 6);
  await load.flows('with two replicas');
  // The first was there before: it has handed over what is the share of the other.
  await serve(doomed, ofDoomed!);

  const third = await world.start();
  const [ofFirstAfter, ofDoomedAfter, ofThird] = await shared(first, doomed, third);
  expect([...ofFirstAfter!].filter((line) => !ofFirst!.has(line))).toEqual([]);
  expect([...ofDoomedAfter!].filter((line) => !ofDoomed!.has(line))).toEqual([]);
  expect(ofThird!.size).toBeGreaterThan(0);
  await load.flows('with three');
  await serve(third, ofThird!);

  lines.forEach((line) => line.cut());
  await load.flows('without the one that was cut off');
  const [ofFirstLast, ofThirdLast] = await shared(first, third);
  expect([...ofFirstAfter!].filter((line) => !ofFirstLast!.has(line))).toEqual([]);
  expect([...ofThird!].filter((line) => !ofThirdLast!.has(line))).toEqual([]);

  await world.stop(third);
  await shared(first);
  await load.flows('when one has stopped');
  const sent = await load.stop();
  await world.nothingWaits();
  for (const { things } of world.archives) {
    const done = things.map(({ reference }) => reference);
    expect(new Set(done).size).toBe(done.length);
    for (const mine of sent)
      expect(done.filter((reference) => mine.includes(reference))).toEqual(mine);
  }
  await Promise.all(lines.map((line) => line.close()));
});

it('leaves the rows of a line to the replica that serves it, and takes over what that one forgets', async () => {
  const replica = await world.start();
  const [row] = await until(
    async () => {
      const rows = await world.rows<{ id: string }>('select id from delivery.replica');
      return rows.length > 0 ? rows : null;
    },
    { what: 'a sign of life' },
  );
  let other = randomUUID();
  while (preferredOf('aalter/archief', [row!.id, other]) !== other) other = randomUUID();
  await world.rows(`insert into delivery.replica values ('${other}', 'infinity')`);
  await until(async () => !(await linesOf(replica)).has('archief'), { what: 'another share' });

  world.archief.fault = ({ method }) => (method === 'POST' ? 423 : null);
  const message = await world.send();
  await world.hearing.reaches(message, 'waiting');
  world.archief.fault = () => null;
  const overdue = `select from delivery.waiting where target = 'archief' and due_at < now() - interval '2 s'`;
  await until(async () => (await world.rows(overdue)).length > 0, {
    what: 'a row that is overdue',
  });
  expect(world.archief.posts).toHaveLength(1);
  await world.rows(`update delivery.waiting set due_at = now() - interval '11 min'`);
  await world.hearing.reaches(message, 'delivered');
});

it('goes on with everything while PostgreSQL forgets the replicas', async () => {
  const [first, second] = [await world.start(), await world.start()];
  await shared(first, second);
  await world.rows('delete from delivery.replica');
  const message = await world.send();
  await until(
    () =>
      world.archives.every(({ things }) => things.some(({ reference }) => reference === message)),
    { what: 'every line to go on' },
  );
  await shared(first, second);
});
