import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { inszOf } from '#infra/testing/question.js';
import { until } from '#infra/testing/until.js';
import { World } from '#infra/testing/delivery/world.js';
import { placesPerLine } from '../gate.js';
import { questionPlaces } from './tools.js';

let world: World;
/** Lets go what the archive holds back. */
let release: (value?: unknown) => void;
let held: Promise<unknown>;

beforeEach(async () => {
  world = await World.create();
  held = new Promise((resolve) => (release = resolve));
});
afterEach(async () => {
  release();
  await world.close();
});

const isQuestion = ({ path }: { path: string }): boolean => path === '/people';
const asked = (): number => world.archief.posts.filter(isQuestion).length;
const untilAsked = (count: number) =>
  until(() => asked() >= count, { what: `${count} questions at the archive` });
const parked = () => world.rows('select from delivery.waiting');
/** Whoever asked hangs up, as the gateway tells it. */
const hangUp = ({ id, digest }: { id: string; digest: string }) =>
  world.rows(`
    with gone as (
      insert into delivery.question (tenant, message, target, type, source, digest, accepted_at, state, keep_until)
      values ('aalter', '${id}', 'archief', '', '', '${digest}', now(), 'cancelled', now() + interval '1 hour')
      on conflict (tenant, message) do update set state = 'cancelled')
    select pg_notify('lbbus_cancel', 'aalter/${id}')`);

it('keeps the answer sealed for whoever asked, and tells on the trace only that there is one', async () => {
  await world.start();
  const insz = inszOf(7);
  const question = await world.ask({ insz });
  expect(await world.answerTo(question)).toMatchObject({
    type: 'be.lbbus.persoon.opgevraagd.v1',
    source: 'urn:lb:aalter:archief',
    correlationid: question.id,
    causationid: question.id,
    subject: question.subject,
    data: {
      '@type': 'GeregistreerdPersoon',
      registratie: { identificator: insz },
      heeftGeboorte: { datum: '1985' },
    },
  });
  const step = await world.hearing.reaches(question.id, 'delivered');
  expect(step).toMatchObject({ outcome: 'delivered', operation: 'findPerson', sequence: 1 });
  const [answer] = [...world.hearing.envelopes.values()].filter(({ kind }) => kind === 'answer');
  expect(answer).toMatchObject({ causationId: question.id, targets: [] });
  expect(world.hearing.bodies.get(answer!.id)).toHaveLength(0);
  const [row] = await world.rows<Record<string, unknown>>('select * from delivery.question');
  expect(JSON.stringify(row)).not.toContain(insz);
});

it('does not wait for events: not in hand, not waiting, not behind a system that fails them', async () => {
  world.archief.fault = (call) => (isQuestion(call) ? null : held);
  await world.start({ timing: { sendDeadlineMs: 60_000 } });
  const events = placesPerLine * 2;
  await Promise.all(Array.from({ length: events }, () => world.send()));
  await until(() => world.archief.posts.length + world.archief.calls >= placesPerLine, {
    what: 'every place of the line taken by events',
  });
  await world.answerTo(await world.ask());
  expect(world.archief.things).toEqual([]);
});

it('tells whoever asked why the system does not answer, and parks nothing', async () => {
  world.archief.fault = (call) => (isQuestion(call) ? 404 : null);
  await world.start();
  const question = await world.ask();
  expect(await world.answerTo(question)).toMatchObject({
    type: 'be.lbbus.vraag.niet-beantwoord.v1',
    datacontenttype: 'application/problem+json',
    causationid: question.id,
    data: { type: 'urn:lb-bus:problem:not-found', code: 'not-found' },
  });
  const step = await world.hearing.reaches(question.id, 'delivered');
  expect(step).toMatchObject({ outcome: 'rejected', code: 'not-found' });
  expect(await parked()).toEqual([]);
});

it('asks again while that may help, and says no when patience is over', async () => {
  let failing = 2;
  world.archief.fault = (call) => (isQuestion(call) && (failing -= 1) >= 0 ? 503 : null);
  await world.start({ timing: { questionPatienceMs: 6_000 } });
  const question = await world.ask();
  await world.answerTo(question);
  await world.hearing.reaches(question.id, 'delivered');
  expect(world.hearing.outcomesOf(question.id)).toEqual(['retry', 'retry', 'delivered']);
  world.archief.fault = (call) => (isQuestion(call) ? 503 : null);
  const hopeless = await world.ask();
  expect(await world.answerTo(hopeless)).toMatchObject({ data: { code: 'unavailable' } });
  expect(await parked()).toEqual([]);
});

it('says no at once where an operator has to act first, and asks anew when asked again after that', async () => {
  world.archief.password = 'another';
  await world.start();
  const id = randomUUID();
  const question = await world.ask({ id });
  expect(await world.answerTo(question)).toMatchObject({ data: { code: 'unauthorized' } });
  expect(await world.rows('select from delivery.hold')).toHaveLength(1);
  const calls = asked();
  expect(await world.answerTo(await world.ask())).toMatchObject({ data: { code: 'unauthorized' } });
  expect(asked()).toBe(calls);
  await world.applyPassword('another');
  await until(async () => (await world.rows('select from delivery.hold')).length === 0, {
    what: 'the line to be released',
  });
  const [first] = await world.rows<{ subject: string }>(
    `select answer_envelope ->> 'subject' as subject from delivery.question where message = '${question.id}'`,
  );
  expect((await world.ask({ id, subject: first!.subject })).id).toBe(question.id);
  await until(
    async () => (await world.answerTo(question))['type'] === 'be.lbbus.persoon.opgevraagd.v1',
    { what: 'the answer' },
  );
});

it('stops asking when whoever asked hangs up, and does not begin where they have gone', async () => {
  world.archief.fault = (call) => (isQuestion(call) ? held : null);
  const first = await world.start();
  const question = await world.ask();
  await untilAsked(1);
  await hangUp(question);
  const step = await world.hearing.reaches(question.id, 'expired');
  expect(step).toMatchObject({ outcome: 'expired', code: 'cancelled' });
  await world.stop(first);
  const unheard = await world.ask();
  await hangUp(unheard);
  await world.start();
  await world.hearing.reaches(unheard.id, 'expired');
  expect(asked()).toBe(1);
});

it('does not ask what has expired', async () => {
  const question = await world.ask({ at: new Date(Date.now() - 3_601_000) });
  await world.start();
  const step = await world.hearing.reaches(question.id, 'expired');
  expect(step).toMatchObject({ outcome: 'expired', code: null });
  expect(asked()).toBe(0);
  expect(await parked()).toEqual([]);
});

it('is shared by the replicas, each within its places', async () => {
  world.archief.fault = (call) => (isQuestion(call) ? held : null);
  const patient = { timing: { sendDeadlineMs: 60_000 } };
  await Promise.all([world.start(patient), world.start(patient)]);
  const all = await Promise.all(
    Array.from({ length: 2 * questionPlaces }, (_, index) => world.ask({ insz: inszOf(index) })),
  );
  await untilAsked(questionPlaces + 1);
  release();
  await Promise.all(all.map((question) => world.answerTo(question)));
});

it('is answered by another process, and counted once, where the one that had it in hand stops', async () => {
  world.archief.fault = (call) => (isQuestion(call) ? held : null);
  const first = await world.start({
    timing: { sendDeadlineMs: 1_000, questionPatienceMs: 60_000 },
  });
  const question = await world.ask();
  await untilAsked(1);
  await world.stop(first);
  world.archief.fault = () => null;
  await world.start();
  await world.answerTo(question);
  await world.hearing.reaches(question.id, 'delivered');
  const outcomes = world.hearing.outcomesOf(question.id);
  expect(outcomes.filter((outcome) => outcome === 'delivered')).toHaveLength(1);
});

it('answers a repeat with the same answer, and asks no other question under a known id', async () => {
  await world.start();
  const id = randomUUID();
  const subject = `urn:uuid:${randomUUID()}`;
  const question = await world.ask({ id, subject });
  await world.hearing.reaches(question.id, 'delivered');
  await world.ask({ id, subject });
  const other = await world.ask({ id, subject, insz: inszOf(5) });
  expect(other.id).toBe(question.id);
  const conflict = await until(
    () => world.hearing.steps.find(({ conflictOf }) => conflictOf === question.id),
    { what: 'the conflict' },
  );
  expect(conflict).toMatchObject({ status: 'expired', code: 'conflict' });
  await until(
    () => world.hearing.steps.filter((step) => step.envelope.id === question.id).length > 1,
    {
      what: 'the repeat to be told again',
    },
  );
  expect(asked()).toBe(1);
  expect(world.hearing.stepsOf(question.id)).toHaveLength(1);
});

it('forgets an answer past its time', async () => {
  await world.start();
  await world.answerTo(await world.ask());
  await world.rows(
    `update delivery.question set keep_until = now() - interval '1 second' returning 1`,
  );
  await until(async () => (await world.rows('select from delivery.question')).length === 0, {
    what: 'the answer to be gone',
  });
});
