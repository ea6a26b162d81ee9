import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible, type Looking } from '#infra/testing/console.js';
import { openCounter, type Counter } from '#infra/testing/delivery/counter.js';
import { until } from '#infra/testing/until.js';

/** A line of another tenant that waits, and a circuit that is open, as processes of delivery write them. */
const others = `
  insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, first_failed_at, code, detail, envelope, body)
  select 'beringen', 'ander-systeem', 's' || n, gen_random_uuid(), 'waiting', now() + interval '3 minutes', 4, now() - interval '2 hours',
    'unavailable', 'Ander systeem antwoordt niet na ' || n || ' s, ' || repeat('zonder uitleg ', 20), '{}', '\\x00'
  from generate_series(1, 1200) n;
  insert into delivery.circuit (tenant, target, replica, phase, since, probe_at, openings, seen_at)
  values ('beringen', 'ander-systeem', gen_random_uuid(), 'open', now() - interval '1 hour', now() + interval '2 minutes', 7, now() + interval '1 hour')`;

describe('the page of what waits', () => {
  let counter: Counter;
  let message: string;

  beforeAll(async () => {
    counter = await openCounter();
    const { world } = counter.parking;
    world.archief.password = 'changed';
    message = await world.send({ subject: 's' });
    await until(async () => (await world.rows('select from delivery.hold')).length === 1, {
      what: 'the bus to hold the line',
    });
    await world.rows(others);
  }, 120_000);
  afterAll(async () => {
    await counter.end();
  });

  const open = (looking: Looking = {}): Promise<Page> =>
    counter.browsing.openAs(looking, '/wachtend');
  const row = (page: Page, name: RegExp) => page.getByRole('row').filter({ hasText: name });
  const giveReason = async (page: Page, act: string): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill('Onderhoud, ticket 114');
    await dialog.getByRole('button', { name: act, exact: true }).click();
  };

  it('tells what is held and why, which system does not answer, and until when; on a phone too', async () => {
    const page = await open({ roles: ['reader'], language: 'en', width: 375 });
    await row(page, /aalter · archief/)
      .getByText('the bus itself')
      .waitFor();
    const other = row(page, /beringen · ander-systeem/);
    await other.getByText('system does not answer').waitFor();
    await other.getByText(/Next probe/).waitFor();
    await other.getByText('1200 wait').waitFor();
    expect(await page.getByRole('button', { name: /Check|Hold|Release/ }).count()).toBe(0);
    const refused = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json', 'x-lbbus-console': '1' };
      const ask = (path: string, method: string) =>
        fetch(`/admin/v1/${path}`, { method, headers, body: '{"reason":"Zomaar"}' });
      const answers = [
        await ask('checks/aalter/archief', 'POST'),
        await ask('holds/aalter/archief', 'POST'),
        await ask('holds/aalter/archief', 'DELETE'),
      ];
      return answers.map(({ status }) => status);
    });
    expect(refused).toEqual([403, 403, 403]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await expectAccessible(page);
    await page.close();
  });

  it('checks now: what fails in the words of the connector, and what works goes on by itself', async () => {
    const page = await open();
    const archief = row(page, /aalter · archief/);
    await archief.getByRole('button', { name: /Kijk .* nu na/ }).click();
    await archief.getByText('Het systeem werkt niet').waitFor();
    await expectAccessible(page);
    const { world } = counter.parking;
    world.archief.password = 'open-sesame';
    await archief.getByRole('button', { name: /Kijk .* nu na/ }).click();
    await archief.waitFor({ state: 'detached' });
    await until(() => counter.parking.delivered().includes(message), {
      what: 'the message to be delivered',
    });
    await page.close();
  });

  it('holds a line and lets it go on, for a reason that is recorded', async () => {
    const page = await open({ roles: ['tenant-administrator'], tenants: ['aalter'] });
    await page.getByText('Er wacht niets').waitFor();
    await page.getByRole('button', { name: 'Houd een koppeling tegen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill('Onderhoud tot maandag');
    await dialog.getByRole('button', { name: 'Houd tegen' }).click();
    await dialog.getByText('Kies eerst welke koppeling.').waitFor();
    await dialog.getByLabel('Koppeling').selectOption('archief');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Houd tegen' }).click();
    const archief = row(page, /aalter · archief/);
    await archief.getByText('Onderhoud tot maandag').waitFor();
    await archief.getByText('door Vera Voorbeeld').waitFor();
    await archief.getByRole('button', { name: /Geef .* vrij/ }).click();
    await giveReason(page, 'Geef vrij');
    await page.getByText('Er wacht niets').waitFor();
    const acts = await counter.parking.world.rows(
      `select action, reason, operator from monitoring.operator_action where action like '%hold' order by id`,
    );
    expect(acts).toEqual([
      { action: 'hold', reason: 'Onderhoud tot maandag', operator: 'Vera Voorbeeld (vera)' },
      {
        action: 'release-hold',
        reason: 'Onderhoud, ticket 114',
        operator: 'Vera Voorbeeld (vera)',
      },
    ]);
    await page.close();
  });
});
