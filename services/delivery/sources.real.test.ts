import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { meldingStatusGewijzigd } from '#oslo/melding/types.js';
import type { Envelope } from '#bus/envelope.js';
import { World } from '#infra/testing/delivery/world.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

/** Messages that the archive brought onto the bus, in the order in which they were accepted. */
const brought = (): Envelope[] =>
  [...world.hearing.envelopes.values()].filter(({ type }) => type === meldingStatusGewijzigd.type);

const delivered = async (subject: string): Promise<string> => {
  const message = await world.send({ subject });
  await world.hearing.reaches(message, 'delivered');
  return message;
};

it('brings each change of the system onto the bus once, to the postvak and never back', async () => {
  await world.start();
  const message = await delivered('s');
  world.archief.change(message, 'in behandeling');
  await until(() => brought().length === 1, { what: 'the first change' });
  world.archief.change(message, 'klaar');
  await until(() => brought().length === 2, { what: 'the second change' });
  const [first] = brought();
  expect(first).toMatchObject({
    source: 'urn:lb:aalter:archief',
    senderId: 'A1/1',
    subject: 'https://meldingen.aalter.example/id/melding/s',
    targets: ['meldpunt'],
    origin: 'archief',
  });
  const lying = await until(
    async () => {
      const rows = await world.rows<{ message: string; postvak: string }>(
        'select message, postvak from delivery.postvak order by id',
      );
      return rows.length === 2 ? rows : null;
    },
    { what: 'both in the postvak' },
  );
  expect(lying).toEqual(brought().map(({ id }) => ({ message: id, postvak: 'meldpunt' })));
});

it('processes what comes back under the activity of the message that taught the subject', async () => {
  await world.start();
  world.archief.change(await delivered('s'), 'klaar');
  await until(() => brought().length === 1, { what: 'the change' });
  // The first of the register is another one.
  expect(brought()[0]?.verwerking).toBe('meldingen-openbaar-domein');
});

it('makes one message of a change that is polled as well as called about', async () => {
  await world.start();
  const message = await delivered('s');
  world.archief.change(message, 'klaar');
  await world.call({ 'x-secret': world.archief.password }, message);
  await until(() => brought().length === 1, { what: 'the change' });
  await world.call({ 'x-secret': world.archief.password }, message);
  world.archief.change(await delivered('later'), 'klaar');
  await until(() => brought().length === 2, { what: 'what came after it' });
  expect(brought().map(({ senderId }) => senderId)).toEqual(['A1/1', 'A2/2']);
});

it('drops a call that is not of the system, and handles the next', async () => {
  await world.start();
  const message = await delivered('s');
  await world.call({ 'x-secret': 'guessed' }, message);
  await world.call({}, message);
  await until(async () => (await world.depth('h.aalter.archief')) === 0, {
    what: 'the calls gone',
  });
  world.archief.change(message, 'klaar');
  await until(() => brought().length === 1, { what: 'the change' });
});

it('does not miss a change of a thing whose registration is still in hand', async () => {
  let answer: () => void = () => undefined;
  let changed = false;
  let readings = 0;
  world.archief.fault = ({ method, path }) => {
    if (method === 'POST') return new Promise<void>((resolve) => (answer = resolve));
    if (path !== '/changes') return null;
    if (changed) readings += 1;
    // The first look that succeeds reads the thing as changed.
    else if (world.archief.things.length > 0) return 503;
    return null;
  };
  await world.start({ timing: { sendDeadlineMs: 60_000 } });
  const message = await world.send();
  await until(() => world.archief.things.length === 1, { what: 'the archive to have acted' });
  world.archief.change(message, 'klaar');
  changed = true;
  await until(() => readings > 0, { what: 'a look that reads the change' });
  expect(brought()).toEqual([]);
  answer();
  await until(() => brought().length === 1, { what: 'the change' });
  expect(brought()[0]?.subject).toBe(world.hearing.envelopes.get(message)?.subject);
});

it('does not miss a change of a thing while nobody knows whether it was registered', async () => {
  world.archief.fault = ({ method, path }) => {
    if (method === 'POST') return 'lost';
    const looksUp = path === '/things' && world.archief.things.length === 1;
    return looksUp ? 503 : null;
  };
  await world.start();
  const message = await world.send();
  await until(() => world.archief.things.length === 1, { what: 'the archive to have acted' });
  world.archief.change(message, 'klaar');
  await until(() => brought().length === 1, { what: 'the change' });
  expect(world.hearing.outcomesOf(message)).not.toContain('delivered');
  expect(brought()[0]).toMatchObject({
    subject: world.hearing.envelopes.get(message)?.subject,
    verwerking: 'meldingen-openbaar-domein',
  });
  world.archief.fault = () => null;
  await world.hearing.reaches(message, 'delivered');
  world.archief.change(message, 'heropend');
  await until(() => brought().length === 2, { what: 'the next change' });
  expect(brought().map(({ senderId }) => senderId)).toEqual(['A1/1', 'A1/2']);
  expect(world.archief.things).toHaveLength(1);
});

it('does not take a change that people made before it looked up its registration for its own', async () => {
  world.archief.fault = ({ method, path }) => {
    if (path === '/changes') return 503;
    return method === 'POST' ? 'lost' : null;
  };
  await world.start();
  const message = await world.send();
  await until(() => world.archief.things.length === 1, { what: 'the archive to have acted' });
  world.archief.change(message, 'klaar');
  await world.hearing.reaches(message, 'delivered');
  world.archief.fault = () => null;
  await until(() => brought().length === 1, { what: 'the change' });
});

it('shows why it cannot poll, and goes on where it was when it can', async () => {
  await world.start({ timing: { probeMs: 300 } });
  const message = await delivered('s');
  world.archief.password = 'changed';
  const failures = () =>
    world.rows<{ failure: string | null }>('select failure from delivery.cursor');
  await until(async () => (await failures())[0]?.failure?.startsWith('unauthorized') === true, {
    what: 'the failure to be shown',
  });
  world.archief.change(message, 'klaar');
  world.archief.password = 'open-sesame';
  await until(() => brought().length === 1, { what: 'the change' });
  await until(async () => (await failures())[0]?.failure === null, { what: 'the failure gone' });
});

it('polls as one process of several', async () => {
  await Promise.all([world.start(), world.start(), world.start()]);
  const message = await delivered('s');
  world.archief.change(message, 'klaar');
  await until(() => brought().length === 1, { what: 'the change' });
  expect(await world.rows('select source from delivery.cursor')).toEqual([
    { source: 'thingChanged' },
  ]);
});
