import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible, type Looking } from '#infra/testing/console.js';
import { openCounter, type Counter } from '#infra/testing/delivery/counter.js';
import { untranslatable } from '#infra/testing/delivery/parking.js';
import { until } from '#infra/testing/until.js';

const many = 10_000;

/** Parked for one cause, as delivery lays them down; their system is not coupled any more. */
const layDown = `
  insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, sequence, code, detail, envelope, body)
  select 'aalter', 'vroeger', 's' || n, gen_random_uuid(), 'parked', now() - n * interval '1 minute', 1, 1, 'unknown-value',
    'Vroeger kent de straat "' || n || '" niet, van de ' || repeat('heel lange ', 30) || 'naam',
    jsonb_build_object('type', 'be.lbbus.melding.ingediend.v1', 'senderId', 'm-' || n, 'subject', 's' || n, 'digest', 'd'),
    '\\x00'
  from generate_series(1, ${many}) n`;

/** What the collector would have stored of them. */
const collect = `
  insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, digest, status, body)
  select tenant, message, envelope ->> 'type', 'event', envelope ->> 'source', envelope ->> 'senderId',
    envelope ->> 'subject', envelope ->> 'time', (envelope ->> 'acceptedAt')::timestamptz, envelope ->> 'digest', 'parked', body
  from delivery.waiting where target = 'archief' on conflict do nothing`;

describe('the page of what is parked', () => {
  let counter: Counter;

  beforeAll(async () => {
    counter = await openCounter();
    await counter.parking.world.rows(layDown);
    await counter.parking.park([untranslatable('a'), untranslatable('b')], 2 + many);
    await counter.parking.world.rows(collect);
  }, 120_000);
  afterAll(async () => {
    await counter.end();
  });

  const administrator: Looking = { roles: ['tenant-administrator'], tenants: ['aalter'] };
  const open = (looking: Looking = {}, path = '/geparkeerd'): Promise<Page> =>
    counter.browsing.openAs(looking, path);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const giveReason = async (page: Page, act: string): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill('Ticket 2026-114');
    await dialog.getByRole('button', { name: act, exact: true }).click();
    const refused = dialog.getByRole('alert');
    await dialog.waitFor({ state: 'hidden' }).catch(async (error: unknown) => {
      throw (await refused.count()) > 0 ? new Error(await refused.innerText()) : error;
    });
  };
  const openGroup = async (page: Page): Promise<void> => {
    await page.getByRole('link', { name: /The archive knows no such thing/ }).click();
  };
  const ends = async (page: Page, words: string): Promise<void> => {
    await page.locator('.cockpit').getByText(words, { exact: true }).waitFor();
    const bar = page.getByRole('progressbar').first();
    expect(await bar.getAttribute('aria-valuenow')).toBe('100');
  };

  it('shows ten thousand of one cause as quickly as two, by pages, on a phone too', async () => {
    const page = await open({ width: 375, dark: true });
    await page.getByText('10.000', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /Vroeger kent de straat/ }).click();
    const rows = page.getByRole('table').getByRole('row');
    await until(async () => (await rows.count()) === 51, { what: 'a page of messages' });
    const { overflow } = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    expect(overflow).toBe(0);
    await expectAccessible(page);
    await button(page, 'Meer tonen').click();
    await until(async () => (await rows.count()) === 101, { what: 'two pages of messages' });
    await page.close();
  });

  it('shows a reader everything but what she may not do, which the server refuses too', async () => {
    const page = await open({ roles: ['reader'], language: 'en' });
    await page.getByRole('heading', { name: 'Parked', level: 1 }).waitFor();
    await openGroup(page);
    await page.getByRole('link', { name: 'm1' }).click();
    await page.getByText('The archive knows no such thing').waitFor();
    for (const name of [/Try/, /Discard/, /Correct/, /Read the content/])
      expect(await button(page, name).count()).toBe(0);
    const refused = await page.evaluate(async () => {
      const body = JSON.stringify({
        act: 'discard',
        selection: { tenant: 'aalter' },
        reason: 'Weg',
      });
      const headers = { 'content-type': 'application/json', 'x-lbbus-console': '1' };
      const response = await fetch('/admin/v1/orders', { method: 'POST', headers, body });
      return [response.status, ((await response.json()) as { code: string }).code];
    });
    expect(refused).toEqual([403, 'forbidden']);
    await page.close();
  });

  it('compares two, what differs marked, their content with a reason', async () => {
    const page = await open(administrator);
    await openGroup(page);
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('checkbox').nth(0).check();
    await button(page, 'Vergelijk twee').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('senderId').waitFor();
    await dialog.getByRole('button', { name: 'Vergelijk ook de inhoud' }).click();
    await dialog.getByLabel('Reden').fill('Ticket 2026-114');
    await dialog.getByRole('button', { name: 'Vergelijk ook de inhoud' }).click();
    await dialog.getByText('/data/@id').waitFor();
    expect(await dialog.getByText('/data/titel', { exact: true }).count()).toBe(0);
    await dialog.getByLabel('Toon ook wat gelijk is').check();
    await dialog.getByText('/data/titel', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.close();
  });

  it('puts a corrected copy in its place, after saying at which line a rule is broken', async () => {
    const page = await open(administrator);
    await openGroup(page);
    await page.getByRole('link', { name: 'm1' }).click();
    await button(page, 'Lees de inhoud').click();
    await giveReason(page, 'Lees de inhoud');
    await button(page, 'Verbeter').click();
    const field = page.getByRole('textbox', { name: 'Gegevens (JSON)' });
    const read = await field.inputValue();
    const titled = (title: string): string => read.replace(/(?<="titel": )".*"/, title);
    // What is of persons is masked: words too.
    expect(read).toContain('"titel": "•••••"');
    await field.fill(titled('12'));
    await button(page, 'Laat de kopie zijn plaats innemen').click();
    await giveReason(page, 'Laat de kopie zijn plaats innemen');
    await page.getByText(/^\/data\/titel/).waitFor();
    const line = read.split('\n').findIndex((text) => text.includes('"titel"')) + 1;
    await button(page, `Regel ${line}`).click();
    expect(await page.evaluate(() => getSelection()?.toString())).toContain('"titel": 12');
    await expectAccessible(page);
    await field.fill('{');
    await page.getByText('Dit is geen JSON:').waitFor();
    await field.fill(titled('"Put in het voetpad"'));
    await page
      .getByLabel('Wat anders wordt (merge patch)')
      .getByText('Put in het voetpad')
      .waitFor();
    await button(page, 'Laat de kopie zijn plaats innemen').click();
    await giveReason(page, 'Laat de kopie zijn plaats innemen');
    await ends(page, 'klaar');
    await until(() => counter.parking.delivered().length === 1, {
      what: 'the copy to be delivered',
    });
    await page.close();
  });

  it('discards one, after telling what would happen', async () => {
    const page = await open();
    await openGroup(page);
    await button(page, 'Verwerp 1 bericht').click();
    await giveReason(page, 'Toon wat er zou gebeuren');
    await page.getByText('wordt verworpen').waitFor();
    await expectAccessible(page);
    await button(page, 'Verwerp nu').click();
    await ends(page, 'klaar');
    await page.getByRole('link', { name: 'Naar alle oorzaken' }).click();
    await page.getByRole('link', { name: 'Verwerpen' }).waitFor();
    await page.getByText('The archive knows no such thing').waitFor({ state: 'detached' });
    await page.close();
  });

  it('replays a cause: dry run, start, pause, reload, resume, to the end', async () => {
    counter.parking.answer(422);
    const subjects = Array.from({ length: 12 }, (_, number) => ({ subject: `r${number}` }));
    await counter.parking.park(subjects, subjects.length + many);
    counter.parking.answer(null);
    const before = counter.parking.delivered().length;
    const page = await open();
    await page.getByRole('row').filter({ hasText: 'invalid' }).getByRole('link').click();
    await button(page, 'Probeer 12 berichten opnieuw').click();
    await page.getByLabel('Berichten per seconde').fill('2');
    await giveReason(page, 'Toon wat er zou gebeuren');
    await page.getByText('hoogstens 2 per seconde').waitFor();
    expect(counter.parking.delivered()).toHaveLength(before);
    await button(page, 'Start').click();
    await button(page, 'Pauzeer').click();
    await giveReason(page, 'Pauzeer');
    await page.locator('.cockpit').getByText('gepauzeerd', { exact: true }).waitFor();
    await page.reload();
    await button(page, 'Ga verder').click();
    await giveReason(page, 'Ga verder');
    await ends(page, 'klaar');
    expect(counter.parking.delivered()).toHaveLength(before + 12);
    await page.getByRole('cell', { name: 'liet verdergaan' }).waitFor();
    await expectAccessible(page);
    await page.close();
  });
});
