import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { contextOf, deskAccount, openDeskOf } from '#kit/contract/desk.js';
import type { Desk } from '#kit/contract/desk.js';
import { acmIdm } from '#kit/acm-idm.js';
import { createPlatform } from '#kit/open.js';
import { askRegister } from './client.js';
import type { Register } from './client.js';
import type { RegisterSettings } from './settings.js';
import { verenigingsregister } from './verenigingsregister.connector.js';

let desk: Desk<Register, RegisterSettings>;
beforeEach(async () => {
  desk = await openDeskOf(verenigingsregister);
});
afterEach(() => desk.simulator.close());

const ask = (vCode = 'V0001001', endUser: string | null = null): Promise<unknown> =>
  askRegister(desk.client, { vCode, endUser }, contextOf());

const reopen = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
  await desk.simulator.close();
  desk = await openDeskOf(verenigingsregister, settings);
};

const { signal } = new AbortController();
const refused = (): boolean => false;

/** Headers that MAGDA and the register demand, in the order in which they ask for them. */
const needed = [
  ['x-correlation-id', '5f0c1234-5678-5123-9012-123456789012'],
  ['x-magda-enduser-id', 'lb-bus'],
  ['vr-initiator', 'OVO099999'],
] as const;

const platform = createPlatform({
  connector: verenigingsregister,
  tenant: deskAccount.name,
  instance: 'verenigingsregister',
  allowedHosts: [],
  sandbox: true,
  postvak: { put: () => Promise.resolve() },
});

const flaws = (...names: string[]): void => void desk.drive('setFlaws', names);

describe('a question to the register', () => {
  it('is asked in the name of the tenant, with one token for many', async () => {
    await Promise.all([ask(), ask(), ask('V0001002', 'medewerker-17')]);
    expect(desk.simulator.requests().filter(({ forToken }) => forToken)).toHaveLength(1);
    desk.simulator.advance(3_600_000);
    desk.simulator.clearRequests();
    await failureOf(ask());
    expect(desk.simulator.requests().at(-1)).toMatchObject({ forToken: true, status: 401 });
  });

  it('finds what the newer version of the register calls by another name', async () => {
    await reopen({ apiVersion: 'v2' });
    expect(await ask()).toMatchObject({ verenigingstype: { code: 'VZER' } });
  });

  it.each([
    ['unknown', 'V9999999', 'niet gevonden'],
    ['removed', 'V0001003', 'verwijderd'],
  ])(
    'about an association that is %s is for its sender, in the words of the register',
    async (_what, vCode, words) => {
      const failure = await failureOf(ask(vCode));
      expect(failure).toMatchObject({ verdict: 'reject', code: 'not-found' });
      expect(failure.message).toContain(words);
    },
  );

  it('that lacks a header is for the operator, whoever misses it', async () => {
    const { credentials } = acmIdm(desk.settings, desk.settings.scope, platform);
    const http = platform.http({ baseUrl: desk.settings.baseUrl, auth: { credentials, refused } });
    const headers: Record<string, string> = {};
    for (const [name, value] of needed) {
      const path = '/verenigingen/V0001001';
      const failure = await failureOf(http.get(path, { headers, signal }));
      expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
      expect(failure.message.toLowerCase()).toContain(name);
      headers[name] = value;
    }
  });
});

describe('an answer that is none', () => {
  it('is of other types, or about another association: the bus asks again', async () => {
    for (const flaw of ['wrong-types', 'other-association']) {
      flaws(flaw);
      expect(await failureOf(ask())).toMatchObject({ verdict: 'retry', code: 'unavailable' });
    }
  });

  it('is one with an exception of MAGDA beside it, but a warning is no reason to refuse it', async () => {
    flaws('warning');
    expect(await ask()).toMatchObject({ vCode: 'V0001001' });
    flaws('exception');
    expect(await failureOf(ask())).toMatchObject({
      verdict: 'retry',
      code: 'unavailable',
      externalCode: '60006',
    });
    flaws('failing');
    expect(await failureOf(ask())).toMatchObject({
      verdict: 'pause',
      code: 'forbidden',
      externalCode: '40006',
    });
    flaws('throttled');
    expect(await failureOf(desk.check())).toMatchObject({ code: 'rate-limited' });
  });

  it('is one of 30 MB', async () => {
    desk.simulator.fault({ kind: 'huge', sizeBytes: 30 * 1024 * 1024 });
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
    expect(failure.message).toContain('more than');
  });
});
