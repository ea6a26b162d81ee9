import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { publishAccepted } from '#bus/audit.js';
import { envelopeOf } from '#infra/testing/audit-records.js';
import { expectAccessible, openConsole } from '#infra/testing/console.js';
import { tenantsYaml } from '#infra/seed/tenants.js';
import { tellLive } from '../../../live/hint.js';
import { fillAnHour } from './example.js';

const longName =
  'Intergemeentelijk samenwerkingsverband voor huisvuilverwerking-en-milieuzorg-Waasland-Dendermonding';

describe('the overview and the map of couplings', () => {
  let opened: Awaited<ReturnType<typeof openConsole>>;
  beforeAll(async () => {
    opened = await openConsole();
    const { tenancy } = opened.watch;
    await tenancy.apply(tenantsYaml(30).replace('name: Gemeente Oosterbeek', `name: ${longName}`));
    await fillAnHour(tenancy.database);
  });
  afterAll(async () => {
    await opened.end();
  });

  it('shows each tenant by its state, and one that changes without a reload', async () => {
    const page = await opened.openAs({});
    const problems = page.getByRole('region', { name: 'probleem', exact: true });
    await problems.getByRole('article').first().waitFor();
    expect(await page.locator('[data-tile]').count()).toBe(32);
    await expectAccessible(page);
    const body = { reason: 'Onderhoud' };
    const at = '/admin/v1/holds/aalter/topdesk';
    expect((await opened.watch.ask(at, { method: 'POST', body })).status).toBe(204);
    const tile = page.locator('[data-tile="aalter"]').filter({ hasText: 'tegengehouden door' });
    await tile.waitFor();
    await page.locator('.changes').getByText('tegengehouden door').first().waitFor();
    await page.evaluate(() => Object.assign(globalThis, { loadedOnce: true }));
    await tile.getByRole('link', { name: /topdesk tegengehouden/ }).click();
    await page.waitForURL('**/wachtend?tenant=aalter&target=topdesk');
    expect(await page.evaluate(() => 'loadedOnce' in globalThis)).toBe(true);
  });

  it('is walked through with the arrow keys, and found in by words of any accent', async () => {
    const page = await opened.openAs({ language: 'en' });
    await page.locator('[data-tile]').first().waitFor();
    const focused = () =>
      page.evaluate(() =>
        document.activeElement?.closest('[data-tile]')?.getAttribute('data-tile'),
      );
    const tiles = await page
      .locator('[data-tile]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-tile')));
    await page.locator('[data-tile] a').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe(tiles[1]);
    await page.keyboard.press('ArrowDown');
    const below = await focused();
    expect([tiles[0], tiles[1], undefined]).not.toContain(below);
    await page.keyboard.press('End');
    expect(await focused()).toBe(tiles.at(-1));
    await page.keyboard.press('Home');
    expect(await focused()).toBe(tiles[0]);
    expect(await page.locator('[data-tile] a[tabindex="0"]').count()).toBeLessThan(6);
    await page.getByLabel('Find a tenant or system').fill('BÉRINGEN');
    await page.waitForFunction(() => document.querySelectorAll('[data-tile]').length === 1);
    await page.getByLabel('Find a tenant or system').fill('nobody of that name');
    await page.getByText('No tenant found').waitFor();
  });

  it('fits a phone in the dark, with a name that has no end', async () => {
    const page = await opened.openAs({ width: 375, dark: true, language: 'fr' });
    await page.locator('[data-tile="oosterbeek"]').waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });

  it('shows each message as it is collected, by what the server tells alone', async () => {
    const page = await opened.openAs({ tenants: ['aalter', 'beringen'] });
    // What is asked every so often would hide a change of which nobody told.
    await page.addInitScript(() => {
      const repeat = globalThis.setInterval;
      const often = (act: () => void, everyMs: number) => everyMs < 10_000 && repeat(act, everyMs);
      Object.assign(globalThis, { setInterval: often });
    });
    await page.reload();
    await page.getByRole('status').getByText('Live').waitFor();
    const accepted = page.locator('.figure', { hasText: 'Aanvaard' }).locator('.count');
    const before = Number(await accepted.innerText());
    for (const number of [1, 2, 3, 4]) {
      await publishAccepted(
        opened.watch.bus,
        envelopeOf(number, { tenant: 'aalter', acceptedAt: new Date().toISOString() }),
        Buffer.from('x'),
      );
      await accepted.getByText(String(before + number), { exact: true }).waitFor();
    }
  });

  it("shows somebody's only tenant line by line, and the board figures alone", async () => {
    const own = await opened.openAs({ roles: ['tenant-administrator'], tenants: ['aalter'] });
    await own.getByRole('heading', { name: 'Gemeente Aalter' }).waitFor();
    await own.getByRole('table', { name: 'Systemen' }).getByText('topdesk').first().waitFor();
    expect(await own.locator('[data-tile]').count()).toBe(0);
    await expectAccessible(own);
    const board = await opened.openAs({ roles: ['board'] });
    await board.getByText('Afgeleverd, 24 uur').waitFor();
    expect(await board.getByText('Gemeente').count()).toBe(0);
  });

  it('says so where the server does not answer, and keeps what it showed', async () => {
    const page = await opened.openAs({});
    await page.locator('[data-tile]').first().waitFor();
    await page.getByRole('status').getByText('Live').waitFor();
    await page.route('**/admin/v1/overview', (route) => route.abort());
    // Told that something changed, the page asks at once, not only when it would ask by itself.
    await opened.watch.tenancy.database.scoped('*', (trx) =>
      tellLive(trx, [{ kind: 'tenants', tenant: null }]),
    );
    await page.getByRole('alert').first().waitFor();
    expect(await page.locator('[data-tile]').count()).toBe(32);
  });

  it('draws the couplings of all and of one; a flow leads to its messages; it is saved as SVG', async () => {
    const page = await opened.openAs({}, '/kaart');
    await page.getByRole('button', { name: /LB-bus → topdesk|bus → topdesk/ }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Bestuur').selectOption('aalter');
    await page.waitForURL('**/kaart?tenant=aalter');
    const flow = page.getByRole('button', { name: /bus → topdesk.*aandacht/ });
    await flow.focus();
    await page.keyboard.press('Enter');
    const detail = page.getByRole('complementary', { name: 'Over deze stroom' });
    await detail.getByText('JSON, met een toepassingswachtwoord').waitFor();
    await expectAccessible(page);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'SVG' }).click();
    const svg = await readFile(await (await saved).path(), 'utf8');
    expect(svg).toMatch(/^<svg/);
    expect(svg).toContain('topdesk');
    expect(svg).not.toContain('var(--');
    await detail.getByRole('link', { name: 'melding.ingediend' }).click();
    await page.waitForURL('**/berichten?type=be.lbbus.melding.ingediend.v1&tenant=aalter');
    const phone = await opened.openAs({ width: 375 }, '/kaart?tenant=aalter');
    await phone
      .getByRole('table', { name: 'Stromen' })
      .getByText('SOAP')
      .or(phone.getByText('REST'))
      .first()
      .waitFor();
  });
});
