import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expectAccessible, openConsole } from '#infra/testing/console.js';
import { tenantsYaml } from '#infra/seed/tenants.js';
import { fillAnHour } from '../overzicht/example.js';

const beringen = `
tenant: beringen
name: Stad Beringen
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/beringen
kbo: "0207470917"
`;
const sending = `
tenant: dessel
name: Gemeente Dessel
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/dessel
kbo: "0207504812"
credentials:
${Array.from({ length: 20 }, (_, number) => `  - { name: toepassing-met-een-lange-naam-${number}, sources: [ "urn:lb:dessel:${number}" ], types: [ "*" ] }`).join('\n')}
`;

let opened: Awaited<ReturnType<typeof openConsole>>;
let page: Page;
beforeAll(async () => {
  opened = await openConsole();
  await opened.watch.tenancy.apply('# nobody\n', { prune: true });
  page = await opened.openAs({});
});
afterAll(() => opened.end());

const declare = (yaml: string): Promise<unknown> => opened.watch.tenancy.apply(yaml);
const visit = async (path: string): Promise<void> => {
  await page.goto(`${opened.address}${path}`);
  await page.locator('main h1').waitFor();
  await page.locator('.loading').first().waitFor({ state: 'detached' });
};
/** What is there while there is nothing; and nothing that complains, runs over, or promises an act that cannot be done. */
const expectWords = async (path: string, words: string): Promise<void> => {
  await visit(path);
  await page.locator('main').getByText(words).first().waitFor();
  expect([path, await page.getByRole('alert').allInnerTexts()]).toEqual([path, []]);
  expect([
    path,
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ]).toEqual([path, 0]);
};

it('says on each page of a bus without tenants that there is nothing, and what to do', async () => {
  await expectWords('/', 'Nog geen besturen.');
  await expectAccessible(page);
  await expectWords('/kaart', 'Nog niets gekoppeld');
  expect(await page.getByRole('button', { name: 'SVG' }).count()).toBe(0);
  await expectWords('/geparkeerd', 'Er is niets geparkeerd');
  await expectWords('/wachtend', 'Er wacht niets');
  await expectWords('/tenants', 'Voeg er een toe, hier of met lb-bus apply.');
  await expectAccessible(page);
  await expectWords('/gebruik', 'Er is geen bestuur om te tonen.');
  await expectWords('/berichten', 'Er zijn nog geen berichten');
  await expectWords('/berichten?status=parked', 'Niets gevonden');
  await expectWords('/handelingen', 'Geen handelingen');
});

it('says on each page of a tenant without a message what is not there yet', async () => {
  await declare(beringen);
  await expectWords('/?tenant=beringen', 'Nog geen systemen gekoppeld');
  await expectWords('/kaart?tenant=beringen', 'Nog niets gekoppeld');
  await expectWords('/tenants/beringen', 'Nog geen systeem gekoppeld.');
  await expectWords(
    '/tenants/beringen?deel=routes',
    'Koppel eerst een systeem: daarna kan een route ernaar leiden.',
  );
  await expectWords('/tenants/beringen?deel=toegang', 'Nog geen toepassing.');
  await expectWords('/gebruik?tenant=beringen', 'In deze maand ging er niets over de bus.');
  expect(await page.locator('.usage-charts').count()).toBe(0);
  await expectAccessible(page);
});

/** Each text of the picture as it stands on the screen. */
const drawnTexts = () =>
  page.locator('.map-picture text').evaluateAll((all) =>
    all.map((text) => {
      const { left, right, top, bottom, height } = text.getBoundingClientRect();
      return { words: text.textContent, left, right, top, bottom, height };
    }),
  );

it('draws three hundred tenants so that each word can be read, and none runs into another', async () => {
  await declare(`${tenantsYaml(300)}\n---\n${sending}`);
  await fillAnHour(opened.watch.tenancy.database);
  await visit('/kaart');
  await page.getByRole('button', { name: /bus → topdesk/ }).waitFor();
  const texts = (await drawnTexts()).filter(({ words }) => words !== '');
  expect(texts.length).toBeGreaterThan(30);
  expect(texts.filter(({ height }) => height < 11)).toEqual([]);
  const crossing = texts.flatMap((one, place) =>
    texts
      .slice(place + 1)
      .filter(
        (other) =>
          one.left < other.right - 1 &&
          other.left < one.right - 1 &&
          one.top < other.bottom - 4 &&
          other.top < one.bottom - 4,
      )
      .map((other) => `${one.words} × ${other.words}`),
  );
  expect(crossing).toEqual([]);
  const over = await page.locator('.map-picture g:has(> title)').evaluateAll((boxes) =>
    boxes.flatMap((box) => {
      const edge = box.querySelector('rect')?.getBoundingClientRect().right ?? 0;
      return [...box.querySelectorAll('text')]
        .filter((text) => text.getBoundingClientRect().right > edge)
        .map(({ textContent }) => textContent);
    }),
  );
  expect(over).toEqual([]);
  await page.locator('.map-picture text', { hasText: 'Andere toepassingen' }).waitFor();
  expect(texts.map(({ words }) => words)).toContain('300 besturen');
  await expectAccessible(page);
});

it('is moved, enlarged and asked about with the keyboard alone', async () => {
  const frame = page.getByRole('group', { name: /^Kaart; \+ en −/ });
  const view = () => page.locator('.map-picture').getAttribute('viewBox');
  const whole = await view();
  await frame.focus();
  await page.keyboard.press('+');
  const closer = await view();
  expect(closer).not.toBe(whole);
  await page.keyboard.press('ArrowRight');
  expect(await view()).not.toBe(closer);
  await page.keyboard.press('0');
  expect(await view()).toBe(whole);
  await page.keyboard.press('Tab');
  const flow = page.locator('.map-flow:focus');
  await flow.waitFor();
  await page.keyboard.press(' ');
  expect(await flow.getAttribute('aria-pressed')).toBe('true');
  const detail = page.getByRole('complementary', { name: 'Over deze stroom' });
  await detail.waitFor();
  expect((await drawnTexts()).filter(({ words, height }) => words !== '' && height < 11)).toEqual(
    [],
  );
  await detail.getByRole('button', { name: 'Sluiten' }).press('Enter');
  await detail.waitFor({ state: 'detached' });
});

it('is taken along as a drawing, an image and figures', async () => {
  const save = async (name: string): Promise<Buffer> => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    return readFile(await (await saved).path());
  };
  expect((await save('SVG')).toString('utf8')).toMatch(/^<svg.*TOPdesk.*<\/svg>$/s);
  const png = await save('PNG');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(2_000);
  const { nodes } = JSON.parse((await save('JSON')).toString('utf8')) as {
    readonly nodes: readonly { readonly name: string; readonly tenants: number }[];
  };
  expect(nodes).toContainEqual(expect.objectContaining({ name: 'LB-bus', tenants: 302 }));
  await page.getByLabel('Tonen als').selectOption('rows');
  await page.getByRole('table', { name: 'Stromen' }).getByText('TOPdesk').first().waitFor();
});
