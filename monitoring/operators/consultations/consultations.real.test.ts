import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { createProgram } from '#infra/cli/program.js';
import { operatorName, openWatch, type Watch } from '#infra/testing/watch.js';
import { pseudonymOf } from '#tenants/pseudonym.js';

const insz = '85650112345';
let watch: Watch;
const written: string[] = [];

/** An hour of 2026 at which a question was asked, by its number. */
const askedAt = (number: number): Date => new Date(Date.UTC(2026, 0, 1, number));

const ask = async (
  number: number,
  about: readonly string[],
  official: string | null = null,
): Promise<void> => {
  const id = randomUUID();
  const tenant = 'aalter';
  await watch.tenancy.database.scoped(tenant, async (trx) => {
    const entry = { tenant, id, asked_at: askedAt(number), message: randomUUID() };
    const what = { target: 'magda', connector: 'magda', operation: 'givePerson', type: 'x' };
    const why = { capacity: '1300', verwerking: 'burgerzaken', code: null };
    await trx
      .insertInto('delivery.consultation')
      .values({
        ...{ ...entry, ...what, ...why, official },
        ...{
          reference: `r${number}`,
          service: 'GeefPersoon-02.02',
          application: 'urn:lb:aalter:x',
        },
        ...{ outcome: 'answered', ended_at: askedAt(number) },
      })
      .execute();
    const subjects = about.map((one, index) => ({
      ...{ tenant, consultation: id, found: index > 0 },
      pseudonym: pseudonymOf(one, watch.keys),
    }));
    await trx.insertInto('delivery.consultation_subject').values(subjects).execute();
  });
};

beforeAll(async () => {
  watch = await openWatch();
  process.env['LBBUS_OPERATOR_TOKEN'] = 'operator-token-of-this-test';
  jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => written.push(String(chunk)) > 0);
  await ask(1, [insz]);
  await ask(2, ['86660100162', insz], '=1+1, "x"');
  await ask(3, ['86660100162']);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await watch.end();
});

const year = { tenant: 'aalter', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
const reason = 'Vraag 2026-114 van de gemeente';

interface Page {
  readonly consultations: readonly { reference: string; about: string[]; found: string[] }[];
  readonly next: string | null;
}

const read = async (wish: object): Promise<Page> => {
  const path = '/admin/v1/consultations/readings';
  const { status, text } = await watch.ask(path, {
    method: 'POST',
    body: { ...year, reason, ...wish },
  });
  if (status !== 200) throw new Error(text);
  return JSON.parse(text) as Page;
};
const references = ({ consultations }: Page) => consultations.map(({ reference }) => reference);

const acts = () =>
  watch.tenancy.database.scoped('aalter', (trx) =>
    trx
      .selectFrom('monitoring.operator_action')
      .select(['operator', 'action', 'reason', 'subject'])
      .orderBy('id', 'desc')
      .execute(),
  );

it('tells what a tenant asked in a period, a page at a time, each once', async () => {
  const first = await read({ limit: 2 });
  expect(references(first)).toEqual(['r1', 'r2']);
  expect(first.consultations[1]).toMatchObject({
    askedAt: askedAt(2).toISOString(),
    service: 'GeefPersoon-02.02',
    capacity: '1300',
    verwerking: 'burgerzaken',
    outcome: 'answered',
    about: [pseudonymOf('86660100162', watch.keys)],
    found: [pseudonymOf(insz, watch.keys)],
  });
  const second = await read({ limit: 2, cursor: first.next });
  expect([references(second), second.next]).toEqual([['r3'], null]);
  expect(references(await read({ from: askedAt(2), to: askedAt(3) }))).toEqual(['r2']);
  expect(references(await read({ tenant: 'beringen' }))).toEqual([]);
});

it('finds a person by number, however it is written, and records the reading without the number', async () => {
  expect(references(await read({ about: '85.65.01-123.45' }))).toEqual(['r1', 'r2']);
  const [act] = await acts();
  expect(act).toMatchObject({ operator: operatorName, action: 'read-register', reason });
  expect(act?.subject).toEqual({
    from: year.from,
    to: year.to,
    about: pseudonymOf(insz, watch.keys),
  });
});

it('tells of a tenant that has gone what it asked, not about whom', async () => {
  await watch.tenancy.database.scoped('gent', (trx) =>
    sql`insert into delivery.consultation (tenant, id, asked_at, reference, target, connector, operation, type,
        service, application)
      values ('gent', gen_random_uuid(), ${askedAt(1)}, 'r9', 'magda', 'magda', 'x', 'x', 'x', 'urn:x')`.execute(
      trx,
    ),
  );
  expect(references(await read({ tenant: 'gent' }))).toEqual(['r9']);
  await expect(read({ tenant: 'gent', about: insz })).rejects.toThrow('gone');
  await expect(read({ tenant: 'niemand' })).rejects.toThrow('not-found');
});

it.each([{ reason: '' }, { from: 'yesterday' }, { tenant: 'Niemand!' }, { cursor: 'x' }])(
  'refuses %j and records nothing',
  async (wrong) => {
    const before = (await acts()).length;
    await expect(read(wrong)).rejects.toThrow('bad-request');
    expect((await acts()).length).toBe(before);
  },
);

it('is exported by "lb-bus register export" as CSV, or as JSON lines about one person', async () => {
  const url = `http://127.0.0.1:${watch.running.port}`;
  const run = async (...words: string[]): Promise<string> => {
    written.length = 0;
    const period = ['-t', 'aalter', '--from', '2026-01-01', '--to', '2027-01-01'];
    const args = ['register', 'export', ...period, '--reason', reason, '--url', url, ...words];
    await createProgram().parseAsync(['node', 'lb-bus', ...args]);
    return written.join('');
  };
  const csv = await run();
  const lines = csv.split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^id,askedAt,endedAt,message,reference,service,/);
  expect(lines[2]).toContain(`,"'=1+1, ""x""",1300,burgerzaken,answered,,k1:`);
  const input = jest
    .spyOn(process, 'stdin', 'get')
    .mockReturnValue(Readable.from([`${insz}\n`]) as never);
  const json = await run('--json', '--about');
  input.mockRestore();
  expect(
    json
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { reference: string }).reference),
  ).toEqual(['r1', 'r2']);
});
