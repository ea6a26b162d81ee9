import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible, openConsole } from '#infra/testing/console.js';
import { readConfig } from '#runtime/config.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { createLog } from '#runtime/log.js';
import { startGateway } from '../../../../gateway/start.js';

const mostMs = 10 * 60_000;

let shown: Awaited<ReturnType<typeof openConsole>>;
let gateway: RunningProcess;
let folder: string;
let page: Page;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inrichten-'));
  const port = await freePort();
  shown = await openConsole({ LBBUS_PUBLIC_URL: `http://127.0.0.1:${port}` });
  const { tenancy, vhost } = shown.watch;
  const [key] = tenancy.keys.body;
  await writeFile(join(folder, 'body.keys'), `${key.id}:${key.bytes.toString('base64')}\n`);
  gateway = await startGateway(
    readConfig({
      DATABASE_URL: tenancy.url,
      AMQP_URL: vhost.url,
      LBBUS_BODY_KEY_FILE: join(folder, 'body.keys'),
      LBBUS_ATTACHMENTS: pathToFileURL(join(folder, 'attachments')).href,
      LBBUS_STATE_DIR: folder,
      LBBUS_PORT: String(port),
    }),
    createLog('test', 'silent'),
  );
  page = await shown.openAs({}, '/tenants');
});
afterAll(async () => {
  await gateway.stop();
  await shown.end();
  await rm(folder, { recursive: true });
});

const act = (name: string | RegExp) => page.getByRole('button', { name }).click();
const because = async (words: string): Promise<void> => {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reden').fill('Nieuw bestuur, vraag 2026-400');
  await dialog.getByRole('button', { name: words }).click();
};

it('leads from a name to a first message that arrives, in less than ten minutes', async () => {
  const begun = Date.now();
  await page.getByRole('link', { name: 'Nieuw bestuur' }).click();
  await page.getByLabel('Naam', { exact: true }).fill('Gemeente Bekkevoort');
  await page.getByLabel('KBO-nummer').fill('0207.533.465');
  await page.getByText('Dit is geen geldig KBO-nummer.').waitFor();
  await page.getByLabel('KBO-nummer').fill('0207.533.478');
  await page
    .getByLabel('Bestuurseenheid (IRI)')
    .fill('http://data.lblod.info/id/bestuurseenheden/bekkevoort');
  await page.getByLabel('Verwerkingen').fill('meldingen-openbaar-domein');
  await expectAccessible(page);
  await act('Bestuur maken');
  await because('Bestuur maken');

  await act('Systeem koppelen');
  await act('Postvak kiezen');
  await page.getByLabel(/^Naam van deze koppeling/).fill('meldpunt');
  await act('Verder');
  await act('Nakijken en bewaren');
  await because('Bewaren');
  await page.getByRole('heading', { name: 'meldpunt' }).waitFor();
  await act('Verder naar Routes');

  await act('Route toevoegen');
  await page.getByLabel('Soort bericht').selectOption('be.lbbus.melding.ingediend.v1');
  await page.getByRole('checkbox', { name: 'meldpunt' }).check();
  await act('Routes nakijken en bewaren');
  await because('Bewaren');
  await act('Verder naar Toegang');

  await act('Toepassing toevoegen');
  await page.getByLabel('Naam van de toepassing').fill('website');
  await page.getByRole('dialog').getByLabel('Postvak waar zij ophaalt').selectOption('');
  await page.getByRole('dialog').getByRole('button', { name: 'Verder' }).click();
  await because('Bewaren');
  await act('Sleutel maken voor website');
  await because('Sleutel maken');
  await act('Ik heb hem bewaard');
  await act('Verder naar Testbericht');

  await page.getByText('De melding komt aan in: meldpunt').waitFor();
  await act('Testbericht versturen');
  await page.getByText('Aangekomen:').waitFor();
  await act(/(?:Verder|Later).* naar Overzicht/);
  await page.getByText('Gemeente Bekkevoort is ingericht.').waitFor();
  await expectAccessible(page);
  expect(Date.now() - begun).toBeLessThan(mostMs);

  const tenant = (await shown.watch.tenancy.directory()).tenants.get('bekkevoort');
  expect(tenant).toMatchObject({ name: 'Gemeente Bekkevoort', kbo: '0207533478' });
});

it('goes on where it was left, for whoever goes on', async () => {
  const other = await shown.openAs({ language: 'fr', width: 375 }, '/inrichten?tenant=beringen');
  await other.getByRole('button', { name: 'Relier un système' }).waitFor();
  await expectAccessible(other);
});
