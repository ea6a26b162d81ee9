import { afterEach, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { fromMelding, fromStatus } from './mapping.js';
import { follow, fromPersoon } from './number.js';
import { asked, changed, Course, insz, openOffice, seen, status, submitted } from './testing.js';
import type { Office } from './testing.js';

let office: Office;
afterEach(() => office.simulator.close());

const open = async (settings: Readonly<Record<string, unknown>> = {}): Promise<Course> => {
  office = await openOffice(settings);
  return new Course(office);
};

const post = 'POST /dosis/api/v1/dosis/dossiers';
const look = 'GET /dosis/api/v1/dosis/resultaten/perUploadId';

it('brings a status that names nobody to whoever submitted the melding', async () => {
  const course = await open();
  expect(await course.tell(submitted())).toBeNull();
  expect(await course.tell(status('In onderzoek', '2026-01-06T09:00:00Z'))).toBeNull();
  const { dossiers } = seen(office);
  expect(dossiers).toHaveLength(1);
  expect(dossiers[0]).toMatchObject({
    Identificatie: {
      Bron: 'urn://gemeente-aalter/dossiers',
      DossierNummer: '2026-000123-20374ae6',
    },
    Naam: 'Put in het fietspad',
    WijzigingsDatum: '2026-01-06T09:00:00Z',
    Status: { VlaamsCode: 'InBehandeling', VlaamsFase: 'Behandeling' },
    Agenten: [{ Identificatie: insz, Toegangsrechten: [{ Code: 'Raadpleger' }] }],
  });
});

it('asks nothing and says why where nobody is known whose melding it is', async () => {
  const course = await open();
  const anonymous = submitted({ indiener: { '@type': 'Agent' } });
  expect(await course.tell(anonymous)).toContain('knows nobody by number');
  expect(course.kept).toBeUndefined();
  expect(await course.tell(status('Opgelost', '2026-01-06T09:00:00Z'))).toContain('anonymous');
  expect(asked(office)).toEqual([]);
});

it('shows a melding that was set aside as it stands by now, once it is brought after all', async () => {
  const course = await open();
  expect(await course.tell(status('In onderzoek', '2026-01-06T09:00:00Z'))).toContain('nobody');
  expect(await course.tell(status('Opgelost', '2026-01-07T09:00:00Z'))).toContain('nobody');
  expect(await course.tell(status('In onderzoek', '2026-01-06T10:00:00Z'))).toContain('later');
  expect(await course.tell(submitted())).toBeNull();
  const stands = { WijzigingsDatum: '2026-01-07T09:00:00Z', Status: { VlaamsCode: 'Uitgevoerd' } };
  expect(seen(office).dossiers).toMatchObject([stands]);
  expect(await course.tell(submitted())).toBeNull();
  expect(seen(office).dossiers).toMatchObject([stands]);
});

it('does not show a melding that was withdrawn before it could be shown', async () => {
  const course = await open();
  await course.tell(status('Ingetrokken', '2026-01-06T09:00:00Z'));
  expect(await course.tell(submitted())).toContain('removed');
  expect(seen(office).dossiers).toEqual([]);
});

it('waits for the result of an upload by its id, and does not send it again', async () => {
  const course = await open();
  office.drive('hold');
  const request = fromMelding(submitted(), office.settings);
  const taken = await failureOf(course.attempt(request));
  expect(taken).toMatchObject({ verdict: 'retry', code: 'in-progress', retryAfterMs: 1_000 });
  const still = await failureOf(course.attempt(request, taken.taken));
  expect(still).toMatchObject({ code: 'in-progress', taken: taken.taken });
  office.drive('process');
  await course.attempt(request, still.taken);
  const { dossiers } = seen(office);
  expect(dossiers).toHaveLength(1);
  expect(asked(office)).toEqual([post, look, look, 'POST /notificaties/api/v2/notificaties']);
});

it('says in words what DOSIS could not process, and sends it anew when it is tried again', async () => {
  const course = await open();
  office.drive('refuse', { reason: `Product 685 van ${insz} bestaat niet` });
  const failure = await failureOf(course.tell(submitted()));
  expect(failure).toMatchObject({ verdict: 'reject', code: 'invalid' });
  expect(failure.message).toBe(
    'DOSIS could not process the dossier: Validatiefout: Product 685 van […] bestaat niet',
  );
  expect(seen(office).dossiers).toEqual([]);
  expect(await course.tell(submitted())).toBeNull();
  expect(seen(office).dossiers).toHaveLength(1);
});

it('sends an upload again that had no result for long', async () => {
  const course = await open();
  const request = fromMelding(submitted(), office.settings);
  const { taken = '' } = await failureOf(course.attempt(request));
  office.drive('loseUploads');
  const hourAgo = taken.replace(/\d+$/, (sentAt) => String(Number(sentAt) - 3_600_000));
  const again = await failureOf(course.attempt(request, hourAgo));
  expect(again.taken).not.toBe(taken);
  expect(asked(office)).toEqual([post, post]);
});

it('does not wait for the result where the tenant does not want that', async () => {
  await open();
  const { client } = office;
  const dosis = client.dosis && {
    ...client.dosis,
    settings: { ...client.dosis.settings, asksResult: false },
  };
  const course = new Course({ ...office, client: { ...client, dosis, notificaties: null } });
  expect(await course.tell(submitted())).toBeNull();
  expect(asked(office)).toEqual([post]);
});

it('never sets a later status back', async () => {
  const course = await open();
  await course.tell(submitted());
  await course.tell(status('Opgelost', '2026-01-07T10:00:00Z'));
  const before = asked(office).length;
  expect(await course.tell(status('In onderzoek', '2026-01-06T09:00:00Z'))).toContain('later');
  const registered = status('Toegewezen aan', '2026-01-08T10:00:00Z', { causationid: 'x' });
  expect(await course.tell(registered)).toContain('later');
  expect(asked(office)).toHaveLength(before);
  expect(seen(office).dossiers[0]?.Status.VlaamsCode).toBe('Uitgevoerd');
});

it('tells that a system has registered a melding that was only submitted', async () => {
  const course = await open();
  await course.tell(submitted());
  const registered = status('Toegewezen aan', '2026-01-05T08:00:02Z', { causationid: 'x' });
  expect(await course.tell(registered)).toBeNull();
  expect(seen(office).dossiers[0]?.Status).toMatchObject({ Detail1: 'Toegewezen aan' });
});

it('takes a status for more than a registration, also one of before it', async () => {
  const course = await open();
  await course.tell(submitted());
  const registered = status('Toegewezen aan', '2026-01-05T08:00:09Z', { causationid: 'x' });
  await course.tell(registered);
  expect(await course.tell(status('In onderzoek', '2026-01-05T08:00:05Z'))).toBeNull();
  expect(seen(office).dossiers[0]).toMatchObject({
    WijzigingsDatum: '2026-01-05T08:00:09.001Z',
    Status: { Detail1: 'In onderzoek' },
  });
  const another = status('Toegewezen aan', '2026-01-05T08:00:12Z', { causationid: 'y' });
  expect(await course.tell(another)).toContain('later');
  await course.tell(submitted());
  expect(seen(office).dossiers[0]).toMatchObject({
    WijzigingsDatum: '2026-01-05T08:00:09.001Z',
    Status: { Detail1: 'In onderzoek' },
  });
});

it('does not take what was submitted again for what was never registered', async () => {
  const course = await open();
  await course.tell(submitted());
  await course.tell(status('Heringediend', '2026-01-05T08:00:01Z'));
  const registered = status('Toegewezen aan', '2026-01-05T08:00:02Z', { causationid: 'x' });
  expect(await course.tell(registered)).toContain('later');
  expect(seen(office).dossiers[0]?.Status).toMatchObject({ Detail1: 'Heringediend' });
});

it('removes the dossier of a melding that is withdrawn, and brings it back where it is submitted again', async () => {
  const course = await open();
  await course.tell(submitted());
  expect(await course.tell(status('Ingetrokken', '2026-01-06T09:00:00Z'))).toContain('removed');
  expect(seen(office).dossiers).toEqual([]);
  await course.tell(status('Heringediend', '2026-01-06T10:00:00Z'));
  expect(seen(office).dossiers[0]).toMatchObject({ Naam: 'Put in het fietspad' });
});

it('finds nothing wrong with a dossier that is gone already', async () => {
  const course = await open();
  await course.tell(submitted());
  const request = fromStatus(status('Ingetrokken', '2026-01-06T09:00:00Z'), office.settings);
  await course.attempt(request);
  await expect(course.attempt(request)).resolves.toMatchObject({ did: 'removed' });
});

it('brings a later status to the number that the person has by then, however often it changed', async () => {
  const course = await open({ notificaties: undefined });
  await course.tell(submitted());
  const replaced = (former: string, number: string): Promise<boolean> =>
    follow(office.client, fromPersoon(changed(number, former), office.settings));
  const [second, third] = ['85641501918', '85641502017'];
  const citizens = (): unknown[] =>
    seen(office).dossiers.map(({ Agenten }) => Agenten.map(({ Identificatie }) => Identificatie));
  expect(await replaced(insz, second)).toBe(true);
  await course.tell(status('In onderzoek', '2026-01-06T09:00:00Z'));
  expect(citizens()).toEqual([[second]]);
  await replaced(second, third);
  await course.tell(status('Opgelost', '2026-01-07T09:00:00Z'));
  expect(citizens()).toEqual([[third]]);
  await replaced(third, insz);
  await course.tell(status('Gesloten', '2026-01-08T09:00:00Z'));
  expect(citizens()).toEqual([[insz]]);
  expect(await replaced(insz, insz)).toBe(false);
});
