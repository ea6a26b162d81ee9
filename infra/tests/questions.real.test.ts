import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { call, type Reply } from '#infra/testing/caller.js';
import { askerKey, foreignKey, otherKey } from '#infra/testing/delivery/declaration.js';
import { startProxy } from '#infra/testing/delivery/proxy.js';
import { World, type Door } from '#infra/testing/delivery/world.js';
import { meldingEvent } from '#infra/testing/melding.js';
import { inszOf, personQuestion } from '#infra/testing/question.js';
import { until } from '#infra/testing/until.js';

let world: World;
let door: Door;
let release: () => void;
let held: Promise<void>;

beforeEach(async () => {
  world = await World.create();
  door = await world.startDoor();
  held = new Promise((resolve) => (release = resolve));
});
afterEach(async () => {
  release();
  await world.close();
});

const structured = { 'content-type': 'application/cloudevents+json' };

const ask = (question: object, waitSeconds: number | string, url = door.url): Promise<Reply> =>
  call(`${url}/v1/messages`, {
    key: askerKey,
    headers: { ...structured, prefer: `respond-async, wait=${waitSeconds}` },
    body: JSON.stringify(question),
  });
const readAnswer = (id: string, key = askerKey, url = door.url): Promise<Reply> =>
  call(`${url}/v1/messages/${id}/answer`, { key });
const holdQuestions = (): void => {
  world.archief.fault = ({ path }) => (path === '/people' ? held : null);
};
const idOf = ({ json }: Reply): string => String(json['id']);
const asked = (): number => world.archief.posts.filter(({ path }) => path === '/people').length;

it('gives the answer within the request', async () => {
  await world.start();
  const insz = inszOf(3);
  const reply = await ask(personQuestion({ insz }), 45);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toMatch(/^application\/cloudevents\+json/);
  expect(reply.headers.get('preference-applied')).toBe('wait=30');
  const id = String(reply.json['causationid']);
  expect(reply.headers.get('location')).toBe(`/v1/messages/${id}`);
  expect(reply.json).toMatchObject({
    type: 'be.lbbus.persoon.opgevraagd.v1',
    correlationid: id,
    data: { achternaam: 'Voorbeeld', registratie: { identificator: insz } },
  });
  expect((await readAnswer(id)).text).toBe(reply.text);
});

it('gives it whole, short enough to be told at once or not', async () => {
  await world.start();
  for (const count of [0, 28, 100]) {
    world.archief.voornamen = Array.from({ length: count }, (_, index) =>
      `Jan-${index}`.padEnd(66, 'é'),
    );
    const reply = await ask(personQuestion(), 30);
    expect(reply.status).toBe(200);
    const { voornaam = [] } = reply.json['data'] as { readonly voornaam?: readonly string[] };
    expect(voornaam).toEqual(world.archief.voornamen);
    expect((await readAnswer(String(reply.json['causationid']))).text).toBe(reply.text);
  }
});

it('gives it later where it comes late, at any gateway, to whoever may ask, for an hour', async () => {
  holdQuestions();
  await world.start({ timing: { sendDeadlineMs: 60_000 } });
  const reply = await ask(personQuestion(), 1);
  expect(reply).toMatchObject({ status: 202, json: { status: 'accepted' } });
  expect(reply.headers.get('preference-applied')).toBe('wait=1');
  const id = idOf(reply);
  expect(await readAnswer(id)).toMatchObject({ status: 404, json: { code: 'not-found' } });
  release();
  const other = await world.startDoor();
  const answer = await until(
    async () => {
      const now = await readAnswer(id, askerKey, other.url);
      return now.status === 200 && now;
    },
    { what: 'the answer' },
  );
  expect(answer).toMatchObject({ json: { causationid: id } });
  expect((await readAnswer(id, otherKey)).status).toBe(403);
  expect((await readAnswer(id, foreignKey)).status).toBe(404);
  const past = `update delivery.question set keep_until = now() - interval '1 second' returning 1`;
  await world.rows(past);
  expect([404, 410]).toContain((await readAnswer(id)).status);
});

it('says that an answer is past its time', async () => {
  await world.start();
  const reply = await ask(personQuestion(), 30);
  const id = String(reply.json['causationid']);
  // As the collector writes it.
  await world.rows(`
    insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, digest, status)
    values ('aalter', '${id}', 'be.lbbus.persoon.opvragen.v1', 'question', 'urn:x', 'x', 'urn:x', '', now(), '', 'delivered')
    returning 1`);
  await world.rows(
    `update delivery.question set keep_until = now() - interval '1 second' returning 1`,
  );
  await until(async () => (await world.rows('select from delivery.question')).length === 0, {
    what: 'the answer to be forgotten',
  });
  expect(await readAnswer(id)).toMatchObject({ status: 410, json: { code: 'expired' } });
});

it('gives a refusal as an answer too', async () => {
  world.archief.fault = ({ path }) => (path === '/people' ? 404 : null);
  await world.start();
  expect(await ask(personQuestion(), 30)).toMatchObject({
    status: 200,
    json: { type: 'be.lbbus.vraag.niet-beantwoord.v1', data: { code: 'not-found' } },
  });
});

it('stops asking when the caller hangs up', async () => {
  holdQuestions();
  await world.start({ timing: { sendDeadlineMs: 60_000 } });
  const { hostname, port } = new URL(door.url);
  const headers = { ...structured, authorization: `Bearer ${askerKey}`, prefer: 'wait=30' };
  const options = { hostname, port, path: '/v1/messages', method: 'POST', headers };
  const caller = httpRequest(options);
  caller.on('error', () => undefined);
  caller.end(JSON.stringify(personQuestion()));
  await until(() => asked() === 1, { what: 'the question at the archive' });
  caller.destroy();
  const step = await until(() => world.hearing.steps.find(({ code }) => code === 'cancelled'), {
    what: 'the question to be cancelled',
  });
  expect(step).toMatchObject({ outcome: 'expired', status: 'expired' });
  expect((await readAnswer(step.envelope.id)).status).toBe(410);
});

it('waits for questions only: not for events, not in a batch, not for what is no number', async () => {
  holdQuestions();
  await world.start({ timing: { sendDeadlineMs: 60_000 } });
  const event = await ask(meldingEvent(), 30);
  expect([event.status, event.headers.get('preference-applied')]).toEqual([202, null]);
  const batch = await call(`${door.url}/v1/messages`, {
    key: askerKey,
    headers: { 'content-type': 'application/cloudevents-batch+json', prefer: 'wait=30' },
    body: JSON.stringify([personQuestion()]),
  });
  expect(batch.status).toBe(207);
  const vague = await ask(personQuestion(), 'long');
  expect([vague.status, vague.headers.get('preference-applied')]).toEqual([202, null]);
});

it('is accepted, to be read later, while PostgreSQL is away', async () => {
  const line = await startProxy(world.config.databaseUrl);
  try {
    const cutOff = await world.startDoor({ databaseUrl: line.url });
    line.cut();
    const reply = await ask(personQuestion(), 10, cutOff.url);
    expect(reply.status).toBe(202);
    expect((await readAnswer(idOf(reply), askerKey, cutOff.url)).status).toBe(503);
    await world.start();
    line.join();
    await until(async () => (await readAnswer(idOf(reply), askerKey, cutOff.url)).status === 200, {
      what: 'the answer once it is back',
    });
  } finally {
    await line.close();
  }
});

it('refuses an answer that somebody sends', async () => {
  const { data, ...rest } = personQuestion() as { data: Record<string, unknown> };
  const answer = {
    ...rest,
    type: 'be.lbbus.persoon.opgevraagd.v1',
    data: { ...data, '@type': 'GeregistreerdPersoon' },
  };
  expect(await ask(answer, 5)).toMatchObject({ status: 403, json: { code: 'type-not-allowed' } });
});

it('answers fifty at a time, each its own question, while events flow', async () => {
  world.archief.fault = ({ path }) =>
    path === '/people' ? new Promise((resolve) => setTimeout(resolve, 50)) : null;
  await world.start();
  const insz = Array.from({ length: 50 }, (_, index) => inszOf(index));
  const events = Promise.all(Array.from({ length: 100 }, () => world.send()));
  const replies = await Promise.all(insz.map((one) => ask(personQuestion({ insz: one }), 30)));
  expect(replies.map(({ status }) => status)).toEqual(insz.map(() => 200));
  const answered = replies.map(
    ({ json }) =>
      (json['data'] as { registratie: { identificator: string } }).registratie.identificator,
  );
  expect(answered).toEqual(insz);
  await events;
});
