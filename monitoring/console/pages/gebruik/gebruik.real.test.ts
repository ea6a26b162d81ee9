import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { acceptedOf, envelopeOf, keysOfTest, stepOf } from '#infra/testing/audit-records.js';
import { expectAccessible, openConsole } from '#infra/testing/console.js';
import { batchOf } from '../../../collect/contents.js';
import { storeBatch } from '../../../collect/store.js';

const month = '2026-10';
const agreements = `
agreed: { availabilityPercent: 99.9, withinSeconds: 5 }
prices: { currency: EUR, tenantMonth: 25, connectorMonth: 7.5, message: 0.015, gigabyteMoved: 0.4 }
`;
const longName = `Gemeente ${'Sint-Genesius-op-den-Berg-aan-de-Leie '.repeat(3).trim()}`;
const manyYaml = ['brakel', 'deinze', 'eeklo', 'gavere', 'lievegem'].map(
  (id, index) => `
tenant: ${id}
name: ${id === 'brakel' ? longName : `Gemeente ${id}`}
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/${id}
kbo: "020743${3300 + index}"
connectors: { topdesk: { settings: { baseUrl: https://td.example } } }
`,
);

let folder: string;
let shown: Awaited<ReturnType<typeof openConsole>>;

/** Messages of October: so many delivered within a second, and one that was rejected. */
const records = (tenant: string, count: number) =>
  Array.from({ length: count }, (_, number) => {
    const acceptedAt = `2026-10-${String(1 + (number % 28)).padStart(2, '0')}T09:00:00.000Z`;
    const envelope = envelopeOf(number, { tenant, acceptedAt, targets: ['topdesk'] });
    const failed = number === 0;
    return [
      acceptedOf(envelope),
      stepOf(envelope, {
        outcome: failed ? 'rejected' : 'delivered',
        status: failed ? 'parked' : 'delivered',
        at: `${acceptedAt.slice(0, 20)}900Z`,
        bytes: 1_000_000,
        calls: [{ method: 'POST', status: failed ? '422' : '201', durationMs: 80 }],
      }),
    ];
  }).flat();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usage-'));
  const file = join(folder, 'usage.yaml');
  await writeFile(file, agreements);
  shown = await openConsole({ LBBUS_USAGE_FILE: file });
  const { tenancy } = shown.watch;
  await tenancy.apply(manyYaml.join('\n---\n'));
  const keys = keysOfTest('aalter');
  for (const [index, tenant] of [
    'aalter',
    'beringen',
    'brakel',
    'deinze',
    'eeklo',
    'gavere',
  ].entries())
    await storeBatch(tenancy.database, batchOf(records(tenant, 40 + index)), () => keys);
  await tenancy.database.scoped('*', (trx) =>
    trx
      .insertInto('monitoring.outage')
      .values({
        ...{ tenant: 'aalter', target: 'topdesk', kind: 'held', code: 'unauthorized' },
        ...{ since: new Date('2026-10-10T00:00:00Z'), until: new Date('2026-10-10T12:00:00Z') },
      })
      .execute(),
  );
});
afterAll(async () => {
  await shown.end();
  await rm(folder, { recursive: true });
});

const text = (page: Page, label: string): Promise<string> =>
  page.getByRole('table', { name: label, exact: true }).innerText();

it('shows the board every government, and one with what it cost, kept and stands for', async () => {
  const page = await shown.openAs({ roles: ['board'] }, `/gebruik?month=${month}`);
  await page.getByRole('heading', { name: 'Gebruik en dienstverlening' }).waitFor();
  await page.getByRole('link', { name: longName }).waitFor();
  await expectAccessible(page);
  expect(await text(page, 'Besturen')).toContain('Gemeente Aalter');
  await page.getByText('Toon als tabel').last().click();
  expect(await text(page, 'Berichten per maand')).toMatch(/oktober 2026\s+255\s+249\s+6/);
  await page.getByRole('link', { name: 'Gemeente Aalter' }).click();
  await page.getByText('Afgesproken: 99,9').waitFor();
  const lines = await text(page, 'Koppelingen');
  expect(lines).toMatch(/topdesk\s+39\s+1\s+0\s+39 MB/);
  expect(lines).toMatch(/98,38\s?%\s+niet gehaald/);
  expect(lines).toContain('gehaald');
  const cost = await text(page, 'Kost');
  // 25 + 7.50 + 40 × 0.015 + 0.04 GB × 0.4, each rounded to cents.
  expect(cost).toMatch(/Totaal\s+€\s33,12/);
  expect(await text(page, 'Vergeleken met alle besturen')).toContain('meer dan 0 % van 6 besturen');
  await expectAccessible(page);
  const csv = await page.getByRole('link', { name: 'Download als CSV' }).evaluate(async (link) => {
    const answer = await fetch(String(Reflect.get(link, 'href')));
    return [answer.headers.get('content-disposition'), await answer.text()];
  });
  expect(csv[0]).toBe(`attachment; filename="lb-bus-${month}.csv"`);
  expect(csv[1]).toContain('\r\n2026-10,aalter,Gemeente Aalter,topdesk,,39,1,');
});

it('prints to a PDF that holds the figures and not the frame', async () => {
  const page = await shown.openAs({ roles: ['board'] }, `/gebruik?month=${month}&tenant=aalter`);
  await page.getByText('Afgesproken: 99,9').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: 'Afdrukken' }).isVisible()).toBe(false);
  expect(await page.getByRole('table', { name: 'Kost', exact: true }).isVisible()).toBe(true);
  const pdf = (await page.pdf({ format: 'A4', tagged: true })).toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(0);
  expect(pdf.length).toBeGreaterThan(20_000);
});

it('shows an administrator her own government, on a phone, in French; a reader has no such page', async () => {
  const own = {
    roles: ['tenant-administrator'],
    tenants: ['beringen'],
    language: 'fr',
    width: 375,
  } as const;
  const page = await shown.openAs(own, `/gebruik?month=${month}`);
  await page.getByText('Stad Beringen, octobre 2026').waitFor();
  await page.getByText('Convenu').waitFor();
  expect(await page.getByText('Aalter').count()).toBe(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await page.getByLabel('Mois', { exact: true }).selectOption('2026-08');
  await page.getByText('Rien n’est passé').waitFor();
  const reader = await shown.openAs({ roles: ['reader'], language: 'en' }, '/gebruik');
  await reader.getByRole('heading', { level: 1 }).waitFor();
  expect(await reader.getByRole('link', { name: 'Usage' }).count()).toBe(0);
  const { status } = await shown.watch.ask('/admin/v1/usage', { as: 'token-of-the-reader' });
  expect(status).toBe(403);
});

it('says why where the server does not answer', async () => {
  const page = await shown.openAs({ roles: ['board'], language: 'en', dark: true }, '/');
  await page.route('**/admin/v1/usage*', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: '{"code":"unavailable","detail":"PostgreSQL is away"}',
    }),
  );
  await page.goto(`${shown.address}/gebruik`);
  await page.getByText('PostgreSQL is away').waitFor();
  await expectAccessible(page);
});
