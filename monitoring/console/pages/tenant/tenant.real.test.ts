import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { topdesk } from '#connectors/topdesk/topdesk.connector.js';
import { melding, tenantWith } from '#infra/testing/configured.js';
import { expectAccessible, openConsole } from '#infra/testing/console.js';
import { until } from '#infra/testing/until.js';
import { startSimulator } from '#kit/simulator-host.js';
import { tokenHash } from '#tenants/tokens.js';

const longName = `Gemeente ${'Sint-Genesius-op-den-Berg-aan-de-Leie '.repeat(4).trim()}`;
const reason = 'Vraag 2026-301';

let shown: Awaited<ReturnType<typeof openConsole>>;
let page: Page;
beforeAll(async () => {
  shown = await openConsole();
  const dessel = tenantWith('dessel').replace('Gemeente Dessel', longName);
  await shown.watch.tenancy.apply(dessel);
  page = await shown.openAs({}, '/tenants/dessel');
});
afterAll(() => shown.end());

const act = (name: string | RegExp) => page.getByRole('button', { name }).click();
const saveWith = async (): Promise<void> => {
  await page.getByRole('dialog').getByLabel('Reden').fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: 'Bewaren' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};
const directory = () => shown.watch.tenancy.directory();

it('draws the settings from the schema, shows what the server says at its field, and saves a secret one way', async () => {
  await page.getByRole('heading', { name: longName }).waitFor();
  await act('Systeem koppelen');
  await act('TOPdesk kiezen');
  await act('Verder');
  await page.getByLabel('Adres', { exact: true }).fill('ftp://td.example');
  await page.getByLabel('Gebruikersnaam').fill('lb-bus');
  await page.getByLabel('Wachtwoord: waarde').fill('correct horse');
  await page.getByLabel('Wachtwoord: geldig tot en met').fill('2027-01-31');
  await act('Nakijken en bewaren');
  await page.getByText('Dit heeft niet de goede vorm').waitFor();
  expect(
    await page
      .locator('.field', { has: page.getByLabel('Adres', { exact: true }) })
      .last()
      .innerText(),
  ).toContain('Dit heeft niet de goede vorm');
  await expectAccessible(page);
  await page.getByLabel('Adres', { exact: true }).fill('https://td.example');
  await act('Nakijken en bewaren');
  await page.getByRole('dialog').getByText('secret topdesk-password').waitFor();
  expect(await page.getByRole('dialog').innerText()).not.toContain('correct horse');
  await saveWith();
  await page.getByLabel('Wachtwoord: nieuwe waarde').waitFor();
  expect(await page.getByLabel('Wachtwoord: nieuwe waarde').inputValue()).toBe('');
  expect(await page.content()).not.toContain('correct horse');
  expect(
    (await directory()).tenants.get('dessel')?.connectors.get('topdesk')?.settings,
  ).toMatchObject({
    baseUrl: 'https://td.example',
    password: { secret: 'topdesk-password' },
  });
});

it('proposes routes, tries a message on them, says why a route does not match, and saves them', async () => {
  await page.getByRole('link', { name: 'Routes' }).click();
  await page.locator('.tabs a[aria-current=page]', { hasText: 'Routes' }).waitFor();
  await act('Voorstel invullen');
  await act('Route 2 openen of sluiten');
  await act('Voorwaarde toevoegen');
  await page.getByLabel('Waarde', { exact: true }).fill('urn:lb:dessel:anders');
  await page.getByLabel('Bericht (CloudEvent als JSON)').fill(JSON.stringify(melding));
  await act('Proberen');
  await page.getByText('✗ klopt niet').first().waitFor();
  await page.getByText('no-route').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Waarde', { exact: true }).fill('urn:lb:dessel:meldpunt');
  await act('Proberen');
  await page.getByText('Wordt aanvaard en gaat naar: topdesk').waitFor();
  await act('Routes nakijken en bewaren');
  await saveWith();
  const routes = (await directory()).tenants.get('dessel')?.routes;
  expect(routes?.find(({ type }) => type === melding.type)).toMatchObject({
    filter: { exact: { source: 'urn:lb:dessel:meldpunt' } },
    targets: ['topdesk'],
  });
});

it('writes a filter of groups in groups with the keyboard, as a form and as text', async () => {
  const group = (place: string) => page.getByRole('group', { name: `Groep ${place}`, exact: true });
  const press = async (name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await act('Route 2 openen of sluiten');
  await press('Groep toevoegen');
  await group('2').getByLabel('Waarde', { exact: true }).fill('urn:a');
  await press('Voorwaarde toevoegen in groep 2');
  await page
    .getByRole('group', { name: 'Voorwaarde 2.2' })
    .getByLabel('Waarde', { exact: true })
    .fill('urn:b');
  await press('Groep toevoegen in groep 2');
  await group('2.3').getByLabel('Hoe ze samen gelden').selectOption('niets ervan geldt');
  await group('2.3').getByLabel('Waarde', { exact: true }).fill('urn:c');
  await expectAccessible(page);
  await press('Voorwaarde 2.1 weghalen');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('FIELDSET');
  await press('Als tekst');
  const text = page.getByLabel('Filter als tekst (CloudEvents)');
  const filter = {
    all: [
      { exact: { source: 'urn:lb:dessel:meldpunt' } },
      { any: [{ exact: { source: 'urn:b' } }, { not: { exact: { source: 'urn:c' } } }] },
    ],
  };
  expect(JSON.parse(await text.inputValue())).toEqual(filter);
  await text.fill(JSON.stringify({ not: { any: [filter, { prefix: { subject: 'x' } }] } }));
  await press('Als formulier');
  await group('1.1.2.2').getByLabel('Waarde', { exact: true }).waitFor();
  await act('Terug naar wat er staat');
});

it('makes a key that is seen once, replaces it, and ends one at once', async () => {
  await page.getByRole('link', { name: 'Toegang' }).click();
  const make = async (name: string, words: string): Promise<string> => {
    await act(name);
    await page.getByRole('dialog').getByLabel('Reden').fill(reason);
    await page.getByRole('dialog').getByRole('button', { name: words }).click();
    const value = await page.getByRole('dialog').locator('.key-value').innerText();
    await act('Ik heb hem bewaard');
    return value;
  };
  const first = await make('Sleutel maken voor meldpunt', 'Sleutel maken');
  const second = await make('Sleutel van meldpunt vervangen', 'Sleutel vervangen');
  expect(await page.content()).not.toContain(second);
  const { byApiKeyHash } = await directory();
  expect(byApiKeyHash(tokenHash(first))?.expiresAt).toBeInstanceOf(Date);
  expect(byApiKeyHash(tokenHash(second))?.expiresAt).toBeNull();
  await act(`Sleutel ${tokenHash(first).slice(0, 12)} beëindigen`);
  await page.getByRole('dialog').getByLabel('Reden').fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: 'Beëindigen' }).click();
  await until(async () => (await directory()).byApiKeyHash(tokenHash(first)) === null, {
    what: 'the key to be ended',
  });
  await expectAccessible(page);
});

it('tells who changed what and how it differs from the file, in another language and on a phone', async () => {
  const small = await shown.openAs(
    { language: 'en', width: 375 },
    '/tenants/dessel?deel=geschiedenis',
  );
  await small.getByText('Differs from the last applied file of').waitFor();
  await small
    .getByRole('cell', { name: /Vera Voorbeeld \(vera\) \(console\)/ })
    .first()
    .waitFor();
  const wide = await small.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBe(0);
  await expectAccessible(small);
});

it('gives an administrator her own tenant to change, a reader to read, and nobody another', async () => {
  const hers = await shown.openAs(
    { roles: ['tenant-administrator'], tenants: ['beringen'] },
    '/tenants/dessel',
  );
  await hers.getByText('Dit is er niet, of niet meer.').waitFor();
  await hers.goto(`${shown.address}/tenants/beringen`);
  await hers.getByRole('button', { name: 'Systeem koppelen' }).waitFor();
  const reader = await shown.openAs({ roles: ['reader'] }, '/tenants/dessel');
  await reader.getByRole('button', { name: 'Instellingen van topdesk' }).click();
  await reader.getByLabel('Adres', { exact: true }).waitFor();
  expect(await reader.getByRole('button', { name: 'Nakijken en bewaren' }).count()).toBe(0);
});

it('asks the system itself once its settings are saved, and says what is wrong and what to do', async () => {
  const account = { name: 'dessel', secret: 'app-password-1' };
  if (!topdesk.simulator) throw new Error('TOPdesk has no simulator');
  const desk = await startSimulator(topdesk.simulator, { accounts: [account] });
  const delivery = await shown.watch.startDelivery();
  try {
    const { baseUrl, username } = desk.settings(account.name);
    const settings = await shown.openAs({}, '/tenants/dessel');
    const save = async (value: string): Promise<void> => {
      await settings.getByLabel('Wachtwoord: nieuwe waarde').fill(value);
      await settings.getByRole('button', { name: 'Nakijken en bewaren' }).click();
      await settings.getByRole('dialog').getByLabel('Reden').fill(reason);
      await settings.getByRole('dialog').getByRole('button', { name: 'Bewaren' }).click();
    };
    await settings.getByRole('button', { name: 'Instellingen van topdesk' }).click();
    await settings.getByLabel('Adres', { exact: true }).fill(String(baseUrl));
    await settings.getByLabel('Gebruikersnaam').fill(String(username));
    await save('mistyped');
    await settings.getByText('werkt niet', { exact: true }).waitFor();
    await settings.getByText('Het systeem laat de bus niet binnen').waitFor();
    await expectAccessible(settings);
    await save(account.secret);
    await settings.getByText('werkt', { exact: true }).waitFor();
    expect(await settings.getByText('Het systeem laat de bus niet binnen').count()).toBe(0);
    expect(await settings.content()).not.toContain(account.secret);
  } finally {
    await delivery.stop();
    await desk.close();
  }
});
