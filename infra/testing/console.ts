import { expect } from '@jest/globals';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Database } from '#runtime/database.js';
import { openSession } from '../../monitoring/people/sessions.js';
import type { Role } from '../../monitoring/people/rights.js';
import { buildConsoleIfStale } from '../bootstrap/build-console.mjs';
import { browserArguments, findChromium, waysToChromium } from '../bootstrap/chromium.mjs';
import { openWatch, type Watch } from './watch.js';

const height = 900;
/** A loaded machine is slow; waiting costs nothing where what is waited for comes. */
const patienceMs = 30_000;

/** As whom, and how, a page of the console is looked at. */
export interface Looking {
  /** `operator` where it is left out. */
  readonly roles?: readonly Role[];
  /** All of them where it is left out. */
  readonly tenants?: readonly string[];
  readonly language?: 'nl' | 'en' | 'fr';
  readonly width?: number;
  readonly dark?: boolean;
}

/** A monitoring that runs, and its database. */
export interface Ground {
  readonly address: string;
  readonly database: Database;
}

/** Chromium at the console of a monitoring that runs in this process. */
export interface ConsoleTest {
  readonly address: string;
  /** A tab of its own, with nobody signed in. */
  readonly visit: (looking?: Looking) => Promise<Page>;
  /** A tab of its own in which somebody is signed in, at that path. */
  readonly openAs: (looking: Looking, path?: string) => Promise<Page>;
  /** Closes everything; throws where a page broke or did what its policy forbids. */
  readonly end: () => Promise<void>;
}

/** Starts Chromium; throws with how to come to one. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error(`There is no Chromium here. ${waysToChromium.join('; ')}`);
  return chromium.launch({ executablePath, args: browserArguments });
};

/** What a page says that is only the echo of an answer which the test asked for. */
const expected = /^(Failed to load resource|\[vite\])/;

const newContext = async (
  browser: Browser,
  { language = 'nl', width = 1280, dark = false }: Looking,
  complain: (words: string) => void,
): Promise<BrowserContext> => {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: { nl: 'nl-BE', en: 'en-GB', fr: 'fr-BE' }[language],
    timezoneId: 'Europe/Brussels',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  context.on('weberror', (error) => complain(String(error.error().stack)));
  context.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complain(message.text());
  });
  return context;
};

/** Contexts of a browser, each closed once another test opens one: a page that nobody looks at follows and draws on. */
const openContexts = (browser: Browser) => {
  const opened = new Map<BrowserContext, string | undefined>();
  const closing: Promise<void>[] = [];
  const complaints: string[] = [];
  const leave = (test: string): void => {
    for (const [context, before] of opened)
      if (before !== undefined && before !== test) {
        opened.delete(context);
        closing.push(context.close());
      }
  };
  return {
    contextFor: async (looking: Looking): Promise<BrowserContext> => {
      const test = expect.getState().currentTestName;
      if (test !== undefined) leave(test);
      const context = await newContext(browser, looking, (words) => complaints.push(words));
      opened.set(context, test);
      return context;
    },
    end: async (): Promise<readonly string[]> => {
      await Promise.all(closing);
      await browser.close();
      return complaints;
    },
  };
};

/** Opens Chromium at a monitoring that runs. */
export const browseConsole = async ({ address, database }: Ground): Promise<ConsoleTest> => {
  await buildConsoleIfStale();
  const { contextFor, end } = openContexts(await launchChromium());
  return {
    address,
    visit: async (looking = {}) => (await contextFor(looking)).newPage(),
    openAs: async (looking, path = '/') => {
      const { roles = ['operator'], tenants } = looking;
      const secret = await openSession(database, {
        name: 'Vera Voorbeeld (vera)',
        shown: 'Vera Voorbeeld',
        roles,
        tenants: tenants ? new Set(tenants) : null,
      });
      const context = await contextFor(looking);
      await context.addCookies([
        { name: 'lbbus', value: secret, url: address, httpOnly: true, sameSite: 'Strict' },
      ]);
      const page = await context.newPage();
      await page.goto(`${address}${path}`);
      return page;
    },
    end: async () => {
      const complaints = await end();
      if (complaints.length > 0)
        throw new Error(`the console complained: ${complaints.join('\n')}`);
    },
  };
};

/** Chromium at a monitoring of its own, as `openWatch` starts it: with the tenants aalter and beringen. */
export const openConsole = async (
  settings: Readonly<Record<string, string>> = {},
): Promise<ConsoleTest & { readonly watch: Watch }> => {
  const [watch] = await Promise.all([openWatch({ ...settings }), buildConsoleIfStale()]);
  const { port } = watch.running;
  if (port === undefined) throw new Error('monitoring has no port');
  const ground = { address: `http://127.0.0.1:${port}`, database: watch.tenancy.database };
  const browsing = await browseConsole(ground);
  return {
    ...browsing,
    watch,
    end: async () => {
      try {
        await browsing.end();
      } finally {
        await watch.end();
      }
    },
  };
};

/** Throws with what axe finds against WCAG 2.2 AA on the page as it is now. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const words = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary ?? ''}`).join('\n')}`,
  );
  if (words.length > 0) throw new Error(`not accessible:\n${words.join('\n')}`);
};
