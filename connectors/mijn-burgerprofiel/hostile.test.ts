import { afterEach, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import type { Json } from '#kit/message.js';
import { fromMelding } from './mapping.js';
import { Course, openOffice, seen, submitted } from './testing.js';
import type { Office } from './testing.js';

let office: Office;
afterEach(() => office.simulator.close());

const told = async (
  settings: Readonly<Record<string, unknown>> = {},
  before: (office: Office) => unknown = () => undefined,
) => {
  office = await openOffice(settings);
  await before(office);
  return failureOf(new Course(office).tell(submitted()));
};
const flaw = (name: string) => (one: Office) => one.drive('setFlaws', { flaws: [name] as Json });

it('takes an answer of the wrong types for no answer', async () => {
  const failure = await told({}, flaw('wrong-types'));
  expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
  expect(failure.message).toContain('another shape than it documents');
});

it('does not take the result of another source for its own', async () => {
  const failure = await told({}, flaw('result-of-another'));
  expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
  expect(failure.message).toContain('another upload');
});

it('takes a login page with status 200 for no success, also from Notificaties', async () => {
  const failure = await told({}, (one) => {
    one.simulator.fault({ kind: 'login-page', skip: 3 });
  });
  expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
  expect(failure.message).toContain('POST /api/v2/notificaties');
  expect(seen(office).notifications).toEqual([]);
});

it('reads no result of 30 MB', async () => {
  const failure = await told({}, (one) => {
    one.simulator.fault({ kind: 'huge', sizeBytes: 30 * 1024 * 1024, methods: ['GET'] });
  });
  expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
});

it('pauses where the source belongs to somebody else, before and while it pushes', async () => {
  const failure = await told({ bron: 'urn://gemeente-elders/dossiers' });
  expect(failure).toMatchObject({ verdict: 'pause', code: 'forbidden' });
  expect(failure.message).toContain('De bron is niet van deze client');
  expect(await failureOf(office.check())).toMatchObject({
    verdict: 'pause',
    code: 'misconfigured',
  });
});

it('tells the field that DOSIS does not take', async () => {
  office = await openOffice();
  const request = fromMelding(submitted(), office.settings);
  const nameless = { ...request, facts: request.facts && { ...request.facts, Naam: ' ' } };
  const failure = await failureOf(new Course(office).attempt(nameless));
  expect(failure).toMatchObject({ verdict: 'reject', code: 'invalid', externalCode: 'VALIDATIE' });
  expect(failure.message).toContain('Naam: Het veld is verplicht');
});

it('pauses where the clocks are an hour apart: no token is given then', async () => {
  const failure = await told({}, (one) => {
    one.simulator.advance(3_600_000);
  });
  expect(failure).toMatchObject({ verdict: 'pause', code: 'unauthorized' });
});

it('takes a new token where the old one was withdrawn', async () => {
  office = await openOffice();
  const course = new Course(office);
  await course.tell(submitted());
  office.drive('revokeTokens');
  await expect(course.tell(submitted())).resolves.toBeNull();
});

it('says which settings are missing', async () => {
  await expect(openOffice({ dosis: undefined, notificaties: undefined })).rejects.toMatchObject({
    verdict: 'pause',
    code: 'misconfigured',
  });
  office = await openOffice();
});

it('pauses where the address is that of something else', async () => {
  office = await openOffice();
  const { client } = office;
  const http = { ...client.notificaties?.http } as never;
  const elsewhere = {
    ...office,
    client: { ...client, dosis: client.dosis && { ...client.dosis, http } },
  };
  const failure = await failureOf(new Course(elsewhere).tell(submitted()));
  expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
});
