import { mkdir } from 'node:fs/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Operator } from '#infra/load/operator.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { openSession } from '../../../monitoring/people/sessions.js';
import { startBuilt } from '../processes.js';
import type { OwnServers } from '../standing.js';

export interface ConsoleOptions {
  /** The program of Chromium, and with what it is started. */
  readonly chromium: { readonly executablePath: string; readonly args: string[] };
  /** Key file of the bodies in the database. */
  readonly bodyKeyFile: string;
  readonly operator: Operator;
  readonly times: number;
}

/** How long a person at the console waited, in milliseconds, each time. */
export interface Looked {
  readonly tenants: number;
  readonly messages: number;
  /** Until every tenant is drawn, in a browser that has nothing of the console yet. */
  readonly first: readonly number[];
  /** The same in a browser that was there before. */
  readonly again: readonly number[];
  /** Until a search shows its first page, by what was searched for. */
  readonly searches: ReadonlyMap<string, readonly number[]>;
  /** Until what somebody else changed is seen by whoever looks. */
  readonly live: readonly number[];
}

/** What is chosen in the filters of the messages, one after the other: where, what, and what for. */
const searches = [
  { words: 'all of one outcome', label: 'Ooit gebeurd', value: 'rejected' },
  { words: 'also of one type', label: 'Soort bericht', value: 'be.lbbus.melding.ingediend.v1' },
  { words: 'of one type', label: 'Ooit gebeurd', value: '' },
  { words: 'of one type, parked', label: 'Toestand', value: 'parked' },
  { words: 'all that is parked', label: 'Soort bericht', value: '' },
  { words: 'all that waits', label: 'Toestand', value: 'waiting' },
] as const;

/** A console with its database, and a browser at it. */
interface Desk {
  readonly address: string;
  readonly database: Database;
  readonly browser: Browser;
  /** Of the session in the browser, and of who acts elsewhere. */
  readonly secret: string;
  readonly token: string;
  readonly tenants: number;
}

const newBrowser = async ({ browser, address, secret }: Desk): Promise<BrowserContext> => {
  const context = await browser.newContext({ locale: 'nl-BE', timezoneId: 'Europe/Brussels' });
  await context.addCookies([
    { name: 'lbbus', value: secret, url: address, httpOnly: true, sameSite: 'Strict' },
  ]);
  return context;
};

const passedMs = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
};

const openOverview = (page: Page, { address, tenants }: Desk): Promise<number> =>
  passedMs(async () => {
    await page.goto(`${address}/`, { waitUntil: 'commit' });
    await page
      .locator('[data-tile]')
      .nth(tenants - 1)
      .waitFor();
  });

const overview = async (desk: Desk, times: number) => {
  const first: number[] = [];
  const again: number[] = [];
  for (let time = 0; time < times; time++) {
    const context = await newBrowser(desk);
    const page = await context.newPage();
    first.push(await openOverview(page, desk));
    again.push(await openOverview(page, desk));
    await context.close();
  }
  return { first, again };
};

/** From the choice of a filter until what was found is drawn. */
const choose = (page: Page, { label, value }: (typeof searches)[number]): Promise<number> =>
  passedMs(async () => {
    const found = page.waitForResponse((response) => response.url().endsWith('/messages/searches'));
    await page.getByLabel(label, { exact: true }).selectOption(value);
    await (await found).finished();
    await page.locator('tbody tr, .empty').first().waitFor();
  });

const search = async (desk: Desk, times: number): Promise<Map<string, number[]>> => {
  const found = new Map<string, number[]>(searches.map(({ words }) => [words, []]));
  for (let time = 0; time < times; time++) {
    const context = await newBrowser(desk);
    const page = await context.newPage();
    await page.goto(`${desk.address}/berichten`);
    await page.locator('tbody tr').first().waitFor();
    for (const one of searches) found.get(one.words)?.push(await choose(page, one));
    await context.close();
  }
  return found;
};

/** Somebody else holds a line and releases it; the tile of its tenant says so to whoever looks. */
const live = async (desk: Desk, times: number): Promise<number[]> => {
  const context = await newBrowser(desk);
  const page = await context.newPage();
  await openOverview(page, desk);
  await page.getByRole('status').getByText('Live').waitFor();
  const { tenant, target } = await lineOf(desk.database);
  const said = page.locator(`[data-tile="${tenant}"]`).filter({ hasText: 'tegengehouden' });
  const waits: number[] = [];
  for (let time = 0; time < times; time++)
    for (const [method, state] of [
      ['POST', 'attached'],
      ['DELETE', 'detached'],
    ] as const)
      waits.push(
        await passedMs(async () => {
          await act(desk, method, `/admin/v1/holds/${tenant}/${target}`);
          await said.waitFor({ state });
        }),
      );
  await context.close();
  return waits;
};

const act = async ({ address, token }: Desk, method: string, path: string): Promise<void> => {
  const { status } = await fetch(`${address}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'bench' }),
  });
  if (status !== 204) throw new Error(`${method} ${path} was answered ${status}`);
};

/** A line at which nothing stands still. */
const lineOf = async (database: Database) => {
  const [line] = await database.scoped('*', (trx) =>
    trx
      .selectFrom('tenants.connector as c')
      .select(['c.tenant', 'c.name as target'])
      .where((line) =>
        line.not(
          line.exists(
            line
              .selectFrom('delivery.hold as h')
              .select('h.target')
              .whereRef('h.tenant', '=', 'c.tenant'),
          ),
        ),
      )
      .orderBy('c.tenant')
      .limit(1)
      .execute(),
  );
  if (!line) throw new Error('every line is held: fill a database with infra/seed.mjs');
  return line;
};

const counted = (database: Database, table: 'tenants.tenant' | 'monitoring.message') =>
  database.scoped('*', async (trx) => {
    const { count } = await trx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  });

/** Measures what operators wait for at a console whose database is full. */
export const runConsole = async (
  { databaseUrl, amqpUrl, managementUrl, folder }: OwnServers,
  { chromium: program, bodyKeyFile, operator, times }: ConsoleOptions,
): Promise<Looked> => {
  await mkdir(folder, { recursive: true });
  const environment = {
    ...operator.environment,
    DATABASE_URL: databaseUrl,
    AMQP_URL: amqpUrl,
    LBBUS_AMQP_MANAGEMENT_URL: managementUrl,
    LBBUS_BODY_KEY_FILE: bodyKeyFile,
    LBBUS_ATTACHMENTS: `file://${folder}/attachments`,
    LBBUS_STATE_DIR: folder,
    LBBUS_LOG_LEVEL: 'warn',
  };
  const database = openDatabase({ url: databaseUrl, log: createLog('bench', 'silent') });
  const monitoring = await startBuilt('monitoring/main.js', 'monitoring', { environment, folder });
  const browser = await chromium.launch(program);
  try {
    const person = { name: 'bench', shown: 'Bench', roles: ['operator'] as const, tenants: null };
    const secret = await openSession(database, person);
    const address = `http://127.0.0.1:${monitoring.port}`;
    const tenants = await counted(database, 'tenants.tenant');
    const { token } = operator.reach();
    const desk = { address, database, browser, secret, token, tenants };
    return {
      tenants,
      messages: await counted(database, 'monitoring.message'),
      ...(await overview(desk, times)),
      searches: await search(desk, times),
      live: await live(desk, times),
    };
  } finally {
    await browser.close();
    await monitoring.stop();
    await database.close();
  }
};
