import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { partnerInsz } from '#infra/testing/delivery/archief.js';
import { testConnectors } from '#infra/testing/delivery/connectors.js';
import { World } from '#infra/testing/delivery/world.js';
import { inszOf } from '#infra/testing/question.js';
import { until } from '#infra/testing/until.js';

let world: World;
let release: (value?: unknown) => void;

beforeEach(async () => {
  world = await World.create();
});
afterEach(async () => {
  release();
  await world.close();
});

interface Row {
  readonly id: string;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly about: number;
  readonly found: number;
}

const register = () =>
  world.rows<Row>(`
    select c.*,
      (select count(*)::int from delivery.consultation_subject s where s.consultation = c.id and not s.found) as about,
      (select count(*)::int from delivery.consultation_subject s where s.consultation = c.id and s.found) as found
    from delivery.consultation c order by c.asked_at`);
const concluded = (count: number) =>
  until(
    async () => {
      const rows = (await register()).filter(({ outcome }) => outcome !== null);
      return rows.length === count ? rows : null;
    },
    { what: `${count} questions to have ended` },
  );
const asked = (): number => world.archief.posts.filter(({ path }) => path === '/people').length;
const whenAsked = (fault: (path: string) => number | Promise<unknown> | null) => {
  world.archief.fault = ({ path }) => (path === '/people' ? fault(path) : null);
};

beforeEach(() => {
  release = () => undefined;
});

it('stands there before it leaves, and says what came of it', async () => {
  const held = new Promise((resolve) => (release = resolve));
  whenAsked(() => held);
  await world.start();
  const insz = inszOf(3);
  const question = await world.ask({ insz, gebruiker: 'medewerker-17' });
  await until(() => asked() === 1, { what: 'the archive to be asked' });
  const [standing] = await register();
  expect(standing).toMatchObject({
    tenant: 'aalter',
    message: question.id,
    reference: question.id,
    target: 'archief',
    connector: 'archief',
    operation: 'findPerson',
    type: 'be.lbbus.persoon.opvragen.v1',
    service: 'People-1',
    application: 'urn:lb:aalter:burgerzaken',
    official: 'medewerker-17',
    capacity: 'burgerzaken',
    verwerking: 'meldingen-openbaar-domein',
    outcome: null,
    about: 1,
    found: 0,
  });
  release();
  expect(await concluded(1)).toMatchObject([{ outcome: 'answered', code: null, found: 1 }]);
  const subjects = await world.rows('select * from delivery.consultation_subject');
  expect(JSON.stringify([await register(), subjects])).not.toMatch(
    new RegExp(`${insz}|${partnerInsz}`),
  );
});

it('says of each attempt what came of it', async () => {
  const answers = [503, 404];
  whenAsked(() => answers.shift() ?? null);
  await world.start({ timing: { questionPatienceMs: 6_000 } });
  await world.answerTo(await world.ask());
  expect(await concluded(2)).toMatchObject([
    { outcome: 'failed', code: 'unavailable', found: 0 },
    { outcome: 'refused', code: 'not-found', found: 0 },
  ]);
});

it('is not asked where the register takes nothing', async () => {
  await world.start();
  const owner = new Client({ connectionString: world.config.databaseUrl });
  await owner.connect();
  await owner.query('revoke insert on delivery.consultation from lbbus_app');
  await owner.end();
  expect(await world.answerTo(await world.ask())).toMatchObject({
    type: 'be.lbbus.vraag.niet-beantwoord.v1',
  });
  expect(asked()).toBe(0);
});

it('holds each look at what a source has ready, and of whom that told', async () => {
  const archief = testConnectors.get('archief');
  const thingChanged = archief?.sources?.['thingChanged'];
  if (!archief || !thingChanged?.poll) throw new Error('the archive is polled');
  const register = {
    entry: () => ({ service: 'Things-1', capacity: null }),
    found: (items: readonly unknown[]) => (items.length > 0 ? [partnerInsz] : []),
  };
  const poll = { ...thingChanged.poll, register };
  const sources = { thingChanged: { ...thingChanged, poll } };
  await world.start({
    connectors: new Map(testConnectors).set('archief', { ...archief, sources }),
  });
  const message = await world.send();
  await world.hearing.reaches(message, 'delivered');
  world.archief.change(message, 'klaar');
  const looks = () =>
    world.rows<Row & { subjects: number }>(`
      select c.*, (select count(*)::int from delivery.consultation_subject s where s.consultation = c.id) as subjects
      from delivery.consultation c where service = 'Things-1' and outcome = 'answered'`);
  await until(async () => (await looks()).some(({ subjects }) => subjects === 1), {
    what: 'a look that told of somebody',
  });
  expect((await looks())[0]).toMatchObject({
    message: null,
    operation: 'thingChanged',
    application: 'urn:lb:aalter:archief',
    type: 'be.lbbus.melding.status-gewijzigd.v1',
  });
});

it('cannot be changed or removed, and what came of a question only said once', async () => {
  await world.start();
  await world.answerTo(await world.ask());
  await concluded(1);
  const refused = (statement: string) => (words: string) =>
    expect(world.rows(statement)).rejects.toThrow(words);
  await refused('delete from delivery.consultation')('permission denied');
  await refused('delete from delivery.consultation_subject')('permission denied');
  await refused(`update delivery.consultation_subject set pseudonym = 'x'`)('permission denied');
  await refused(`update delivery.consultation set official = 'x'`)('permission denied');
  await refused(`update delivery.consultation set outcome = 'failed'`)('in the register already');
  expect(await world.rows('select delivery.forget_consultations(100) as gone')).toEqual([
    { gone: 0 },
  ]);
  expect(await register()).toHaveLength(1);
});
