import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { browseConsole, expectAccessible, type ConsoleTest } from '#infra/testing/console.js';
import { newStack, type Stack } from '#infra/testing/processes.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';

describe('signing in at the console', () => {
  let stack: Stack;
  let database: Database;
  let browsing: ConsoleTest;

  beforeAll(async () => {
    stack = await newStack();
    await stack.applyDemoTenants();
    database = openDatabase({ url: stack.database.url, log: createLog('test', 'silent') });
    const [monitoring] = await Promise.all([stack.start('monitoring'), stack.start('proeftuin')]);
    browsing = await browseConsole({ address: monitoring.url, database });
  });
  afterAll(async () => {
    await browsing.end();
    await database.close();
    await stack.end();
  });

  const choose = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('heading', { name: 'Wie bent u vandaag?' }).waitFor();
    await page.getByRole('button', { name }).click();
  };
  const sessions = async (): Promise<number> => {
    const { rows } = await database.scoped('*', (trx) =>
      sql<{ count: number }>`select count(*)::int as count from monitoring.session`.execute(trx),
    );
    return rows[0]?.count ?? -1;
  };

  it('goes to the identity provider and back to the page, and out everywhere, by keyboard alone', async () => {
    const page = await browsing.visit({ language: 'en' });
    await page.goto(`${browsing.address}/kaart`);
    await page.getByRole('heading', { name: "Operators' window" }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sign in' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Wie bent u vandaag?' }).waitFor();
    await expectAccessible(page);
    await choose(page, 'Els Verzonnen');
    await page.getByText('Els Verzonnen').waitFor();
    expect(new URL(page.url()).pathname).toBe('/kaart');
    expect(await sessions()).toBe(1);
    const cookies = await page.context().cookies(browsing.address);
    expect(cookies.find(({ name }) => name === 'lbbus')).toMatchObject({
      httpOnly: true,
      sameSite: 'Strict',
    });
    // The administrator of Aalter: by its KBO number in what the provider says of her.
    const session = await page.evaluate(
      async () => (await fetch('/admin/v1/session')).json() as Promise<unknown>,
    );
    expect(session).toMatchObject({
      person: {
        name: 'Els Verzonnen (beheerder-aalter)',
        roles: ['tenant-administrator'],
        tenants: ['aalter'],
      },
    });
    await page.getByLabel('Language').selectOption('fr');
    await page.locator('html[lang="fr"]').waitFor();
    await page.getByRole('button', { name: 'Se déconnecter' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ook hier afmelden' }).click();
    await page.getByRole('heading', { name: 'Fenêtre des opérateurs' }).waitFor();
    expect(await sessions()).toBe(0);
  });

  it('says why it came to nothing, and what to do', async () => {
    const page = await browsing.visit();
    await page.goto(`${browsing.address}/sign-in?to=//evil.example`);
    await choose(page, 'Toch niet aanmelden');
    await page.getByText('De aanmelding werd geweigerd of afgebroken.').waitFor();
    await expectAccessible(page);
    await page.goto(`${browsing.address}/sign-in/return?code=stolen&state=guessed`);
    await page.getByText('De aanmelding duurde te lang').waitFor();
    expect(await sessions()).toBe(0);
    await page.getByRole('link', { name: 'Aanmelden' }).click();
    await choose(page, 'Omar Verzonnen');
    await page.getByText('Omar Verzonnen').waitFor();
    expect(new URL(page.url()).host).toBe(new URL(browsing.address).host);
  });
});
