import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { browseConsole } from '#infra/testing/console.js';
import { newStack } from '#infra/testing/processes.js';
import { openDatabase } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { packageRoot } from '#runtime/root.js';
import { fillAStory } from '../../monitoring/console/pages/bericht/example.js';
import { fillAnHour } from '../../monitoring/console/pages/overzicht/example.js';

const folder = join(packageRoot, 'docs', 'console');
const wanted = process.env['LBBUS_SCREENSHOTS'] === '1';

/** Pages in the order of the navigation; `$tenant` and `$id` are filled in from what is in the database. */
const drawn: readonly (readonly [string, string])[] = [
  ['overzicht', '/'],
  ['kaart', '/kaart'],
  ['geparkeerd', '/geparkeerd'],
  ['wachtend', '/wachtend'],
  ['tenants', '/tenants'],
  ['tenant', '/tenants/$tenant'],
  ['inrichten', '/inrichten'],
  ['gebruik', '/gebruik'],
  ['berichten', '/berichten'],
  ['bericht', '/berichten/$tenant/$id'],
  ['handelingen', '/handelingen'],
];

// Draws, where that was asked for: node infra/screenshots.mjs.
(wanted ? it : it.skip)(
  'draws each page of the console',
  async () => {
    const stack = await newStack();
    await stack.applyDemoTenants();
    const database = openDatabase({ url: stack.database.url, log: createLog('test', 'silent') });
    await fillAnHour(database);
    const id = await fillAStory(database);
    const { url } = await stack.start('monitoring');
    const browsing = await browseConsole({ address: url, database });
    mkdirSync(folder, { recursive: true });
    for (const [key, path] of drawn) {
      const address = path.replace('$tenant', 'aalter').replace('$id', id);
      const page = await browsing.openAs({ roles: ['operator', 'privacy-officer'] }, address);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('load');
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      // A message tells its story from top to bottom; of the others the first screen says what they are.
      await page.screenshot({ path: join(folder, `${key}.png`), fullPage: key === 'bericht' });
      await page.context().close();
    }
    await browsing.end();
    await database.close();
    await stack.end();
    expect(drawn.length).toBeGreaterThan(10);
  },
  900_000,
);
