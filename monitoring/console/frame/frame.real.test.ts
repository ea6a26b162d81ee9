import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { expectAccessible, openConsole } from '#infra/testing/console.js';

type Opened = Awaited<ReturnType<typeof openConsole>>;

describe('the frame of the console', () => {
  let opened: Opened;

  beforeAll(async () => {
    opened = await openConsole();
  });
  afterAll(async () => {
    await opened.end();
  });

  const age = (minutes: number, column: 'used_at' | 'opened_at') =>
    opened.watch.tenancy.database.scoped('*', (trx) =>
      sql`update monitoring.session set ${sql.ref(column)} = ${sql.ref(column)} - make_interval(mins => ${minutes})`.execute(
        trx,
      ),
    );

  it('is built for production, also by tests', async () => {
    const page = await opened.openAs({});
    const programs = await page.evaluate(async () => {
      const links = document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]');
      return Promise.all([...links].map(async ({ href }) => (await fetch(href)).text()));
    });
    const made = programs.map((program) => /\bjsx(DEV)?\b/.exec(program)?.[0]);
    expect(made).toContain('jsx');
    expect(made).not.toContain('jsxDEV');
  });

  it('stands on a phone and in the dark, with its pages in a drawer', async () => {
    const page = await opened.openAs({ width: 375, dark: true });
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await menu.click();
    await page.getByRole('navigation').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').waitFor({ state: 'hidden' });
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(375);
    await page.getByLabel('Weergave').selectOption('light');
    await page.locator('html[data-theme="light"]').waitFor();
    await expectAccessible(page);
  });

  it('shows what a role may see, and the server refuses the rest whatever the browser asks', async () => {
    const page = await opened.openAs({ roles: ['board'] });
    await page.getByText('Vera Voorbeeld').waitFor();
    expect(await page.getByRole('link', { name: 'Berichten' }).count()).toBe(0);
    const asked = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
      page.evaluate(
        async ([to, by, more]) => (await fetch(to, { method: by, headers: more })).status,
        [path, method, headers] as const,
      );
    expect(await asked('/admin/v1/messages')).toBe(403);
    // Without the header another site may be behind it; with it the right is missing.
    expect(await asked('/sign-out', 'POST')).toBe(403);
    expect(await asked('/admin/v1/holds/aalter/topdesk', 'POST', { 'x-lbbus-console': '1' })).toBe(
      403,
    );
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('says that it is not live when the stream drops, and follows again when it returns', async () => {
    const other = await opened.watch.start();
    const page = await opened.visit();
    const secret = (await (await opened.openAs({})).context().cookies(opened.address))[0];
    if (!secret) throw new Error('nobody was signed in');
    await page.context().addCookies([secret]);
    await page.goto(`http://127.0.0.1:${other.port ?? 0}/`);
    await page.getByText('Live', { exact: true }).waitFor();
    await other.stop();
    await page.getByText('Niet live').waitFor();
    const again = await opened.watch.start({ LBBUS_PORT: String(other.port) });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.context().close();
    await again.stop();
  });

  it('keeps the page in sight when the session ends in the middle', async () => {
    const page = await opened.openAs({}, '/kaart?x=1');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('main svg').first().waitFor();
    await age(40, 'used_at');
    const refused = page.waitForResponse(
      (response) => response.url().includes('/admin/v1/map') && response.status() === 401,
    );
    // Somebody comes back to the tab, much later.
    await page.evaluate(`
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      globalThis.dispatchEvent(new Event('visibilitychange'));`);
    const dialog = page.getByRole('alertdialog', { name: 'Uw sessie is beëindigd' });
    await dialog.waitFor();
    // What is behind it asked again too, and stays.
    await refused;
    await page.locator('main svg').first().waitFor();
    await expectAccessible(page);
    const again = page.getByRole('link', { name: 'Opnieuw aanmelden' });
    expect(await again.evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true);
    expect(await again.getAttribute('href')).toBe('/sign-in?to=%2Fkaart%3Fx%3D1');
    // However busy, it ends after a day's work.
    await age(601, 'opened_at');
    await page.reload();
    await page.getByRole('heading', { name: 'Venster van de operatoren' }).waitFor();
  });
});
