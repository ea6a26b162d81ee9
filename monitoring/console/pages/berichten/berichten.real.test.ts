import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { envelopeOf, acceptedOf, keysOfTest } from '#infra/testing/audit-records.js';
import { expectAccessible, openConsole } from '#infra/testing/console.js';
import { tellStory, watchedEnvelope } from '#infra/testing/watch-story.js';
import { batchOf } from '../../../collect/contents.js';
import { storeBatch } from '../../../collect/store.js';

const long = 'zeer-lang-kenmerk-'.repeat(20);
const second = envelopeOf(3, {
  senderId: long,
  subject: `https://aalter.example/${'onderwerp'.repeat(60)}`,
  causationId: watchedEnvelope.id,
});

describe('messages in the console', () => {
  let opened: Awaited<ReturnType<typeof openConsole>>;

  beforeAll(async () => {
    opened = await openConsole();
    await tellStory(opened.watch);
    await storeBatch(opened.watch.tenancy.database, batchOf([acceptedOf(second)]), keysOfTest);
  });
  afterAll(async () => {
    await opened.end();
  });

  const rows = (page: Page) => page.locator('tbody tr');
  const search = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('searchbox').fill(text);
    await page.keyboard.press('Enter');
  };
  const tracePath = `/berichten/aalter/${watchedEnvelope.id}`;

  it('finds a message by whatever is typed, keeps it out of the address and comes back to it', async () => {
    const page = await opened.openAs({}, '/berichten');
    await rows(page).nth(1).waitFor();
    expect(await rows(page).count()).toBe(2);
    await expectAccessible(page);
    await search(page, 'aalter I 2611 001');
    await page.getByText('Gezocht op Bestuur: aalter · kenmerk: I 2611 001').waitFor();
    expect(await rows(page).count()).toBe(1);
    expect(page.url()).toBe(`${opened.address}/berichten`);
    await page.getByLabel('Toestand').selectOption('held');
    await page.waitForURL(/\?status=held$/);
    await page.getByText('kenmerk: I 2611 001').waitFor();
    await page.getByRole('link', { name: 'Melding ingediend' }).press('Enter');
    await page.getByRole('heading', { name: 'Tijdlijn' }).waitFor();
    await page.goBack();
    await page.getByText('Gezocht op').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('aalter I 2611 001');
    await search(page, 'bestaat-niet');
    await page.getByText('Niets gevonden').waitFor();
    await expectAccessible(page);
  });

  it('draws what became of a message, in another language, on a phone and in the dark', async () => {
    const page = await opened.openAs({ language: 'fr', width: 375, dark: true }, tracePath);
    await page.getByRole('heading', { name: 'Ligne du temps' }).waitFor();
    const topdesk = page.getByRole('article', { name: 'topdesk' });
    await topdesk.getByText('échoué, sera réessayé').waitFor();
    await topdesk.getByText('POST a donné 200 après 11 ms').first().waitFor();
    await topdesk.getByText('I 2611 001').waitFor();
    await page.getByRole('img', { name: /topdesk: échoué, sera réessayé, livré/ }).waitFor();
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.locator('.family a').click();
    await page.getByText(long, { exact: true }).first().waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  });

  it('opens a body only for those who may, with a reason, and uncovers a field at a time', async () => {
    const reader = await opened.openAs({ roles: ['reader'] }, tracePath);
    await reader.getByRole('heading', { name: 'Gegevens' }).waitFor();
    expect(await reader.getByRole('button', { name: 'Inhoud lezen' }).count()).toBe(0);
    const refused = await reader.evaluate(
      async (path) =>
        (
          await fetch(`/admin/v1/messages/${path}/readings`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-lbbus-console': '1' },
            body: '{"reason":"gewoon kijken"}',
          })
        ).status,
      tracePath.replace('/berichten/', ''),
    );
    expect(refused).toBe(403);
    const page = await opened.openAs(
      { roles: ['tenant-administrator'], tenants: ['aalter'] },
      tracePath,
    );
    await page.getByRole('button', { name: 'Inhoud lezen' }).click();
    await page.getByLabel('Reden').fill('Vraag 2026-114');
    await page.getByRole('dialog').getByRole('button', { name: 'Inhoud lezen' }).click();
    await page.getByText('afgedekt: nummer van een persoon').waitFor();
    expect(await page.getByText('Voorbeeld', { exact: true }).count()).toBe(0);
    await expectAccessible(page);
    expect(await page.getByRole('button', { name: /registratie/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Toon: /data/indiener/achternaam' }).click();
    await page.getByLabel('Reden').fill('Vraag 2026-114');
    await page.getByRole('dialog').getByRole('button', { name: 'Toon' }).click();
    await page.getByText('Voorbeeld', { exact: true }).waitFor();
    await page.goto(`${opened.address}/handelingen`);
    await page.getByText('toonde een afgedekt gegeven').last().waitFor();
    expect(await rows(page).count()).toBe(2);
    await expectAccessible(page);
  });

  it('lists who did what, finds a person without naming her in the address, and saves it', async () => {
    const page = await opened.openAs({ language: 'en' }, '/handelingen');
    await rows(page).nth(1).waitFor();
    await page.getByLabel('Act', { exact: true }).selectOption('read-body');
    await page.waitForURL(/\?kind=read-body$/);
    await page.getByLabel('Person').fill('Vera Voorbeeld (vera)');
    await page.getByRole('row', { name: /Vraag 2026-114/ }).waitFor();
    expect(page.url()).not.toMatch(/vera/i);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'As CSV' }).click();
    expect((await download).suggestedFilename()).toBe('lb-bus-acts.csv');
    await page.getByLabel('Person').fill('nobody');
    await page.getByText('Nobody did anything that fits.').waitFor();
    const reader = await opened.openAs({ roles: ['reader'] }, '/handelingen');
    await reader.getByRole('alert').waitFor();
    expect(await reader.getByRole('link', { name: 'Handelingen' }).count()).toBe(0);
  });

  it('says what is wrong where monitoring does not answer, and tries again', async () => {
    const page = await opened.openAs({}, '/berichten');
    await rows(page).first().waitFor();
    await page.route('**/messages/searches', (route) => route.abort());
    await search(page, 'iets');
    await page.getByRole('alert').waitFor();
    await page.unroute('**/messages/searches');
    await page.getByRole('alert').getByRole('button', { name: 'Opnieuw proberen' }).click();
    await page.getByText('Niets gevonden').waitFor();
    await page.goto(`${opened.address}/berichten/aalter/00000000-0000-4000-8000-000000000000`);
    await page.getByText('Dit is er niet, of niet meer.').waitFor();
  });
});
