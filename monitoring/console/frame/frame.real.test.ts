import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

  it('shows who is signed in', async () => {
    const page = await opened.openAs({});
    await page.getByText('Vera Voorbeeld').waitFor();
    await expectAccessible(page);
    if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'] });
    expect(await page.locator('html').getAttribute('lang')).toBe('nl');
  });
});
