import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from './message.js';
import { startSimulator } from './simulator-host.js';
import type { Simulator } from './simulator-host.js';
import { defineSimulator } from './simulator.js';

const counter = defineSimulator<{ count: number; readonly secret: string }>({
  title: 'Teller',
  source: 'a test',
  open: ({ secret }) => ({ count: 0, secret }),
  settings: (baseUrl, { secret }) => ({ baseUrl, secret }),
  handle: ({ method, json }, state) => {
    if (method === 'POST') state.count += 1;
    return { status: 200, json: { count: state.count, heard: json } };
  },
  effects: ({ count }) => Array<Json>(count).fill('counted'),
  inspect: ({ count }) => ({ count }),
  drivers: {
    set: (state, input) => {
      state.count = Number(input);
      return null;
    },
  },
});

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator(counter, {
    accounts: ['aalter', 'balen'].map((name) => ({ name, secret: `geheim-${name}` })),
  });
});
afterEach(() => simulator.close());

const admin = async (method: string, path: string, json?: unknown): Promise<unknown> => {
  const url = `${new URL(simulator.baseUrl('aalter')).origin}/_simulator${path}`;
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const answer = await fetch(url, { method, ...body });
  const text = await answer.text();
  return text === '' ? null : JSON.parse(text);
};

const post = (account = 'aalter', signal?: AbortSignal): Promise<Response> =>
  fetch(`${simulator.baseUrl(account)}/x?y=1`, {
    method: 'POST',
    body: '{"a":1}',
    ...(signal && { signal }),
  });

describe('a simulator', () => {
  it('serves every account under its own path, with credentials of its own', async () => {
    await post('aalter');
    await post('aalter');
    await post('balen');
    expect([simulator.state('aalter'), simulator.state('balen')]).toEqual([
      { count: 2 },
      { count: 1 },
    ]);
    expect(simulator.settings('balen')).toEqual({
      baseUrl: simulator.baseUrl('balen'),
      secret: 'geheim-balen',
    });
    expect((await fetch(simulator.baseUrl('aalter').replace('aalter', 'niemand'))).status).toBe(
      404,
    );
  });

  it('can be read and driven over HTTP', async () => {
    expect(await admin('GET', '/')).toEqual({ title: 'Teller', accounts: ['aalter', 'balen'] });
    await admin('POST', '/accounts/aalter/drive/set', 7);
    expect(await admin('GET', '/accounts/aalter/state')).toEqual({ count: 7 });
    expect(await admin('GET', '/accounts/aalter/effects')).toHaveLength(7);
    expect(await admin('GET', '/nothing')).toEqual({ message: 'No such command: GET /nothing' });
    expect(await admin('GET', '/accounts/niemand/state')).toMatchObject({
      message: expect.stringContaining('niemand') as unknown,
    });
  });

  it('keeps a ledger of what was asked', async () => {
    await post('aalter');
    await post('balen');
    expect(await admin('GET', '/requests?account=balen')).toEqual([
      {
        account: 'balen',
        method: 'POST',
        path: '/x',
        forToken: false,
        query: 'y=1',
        body: '{"a":1}',
        status: 200,
      },
    ]);
    await admin('DELETE', '/requests');
    expect(simulator.requests()).toEqual([]);
  });

  it('answers the next requests with a status that was asked for', async () => {
    await admin('POST', '/faults', {
      kind: 'status',
      status: 429,
      retryAfter: '3',
      times: 2,
      methods: ['POST'],
    });
    expect((await fetch(simulator.baseUrl('aalter'))).status).toBe(200);
    const first = await post();
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '3']);
    expect([(await post('balen')).status, (await post()).status]).toEqual([429, 200]);
    expect(simulator.state('aalter')).toEqual({ count: 1 });
  });

  it('cuts the line before it acts, or after: a lost reply', async () => {
    simulator.fault({ kind: 'drop', account: 'aalter' });
    expect((await post('balen')).status).toBe(200);
    await expect(post()).rejects.toThrow();
    expect(simulator.state('aalter')).toEqual({ count: 0 });
    simulator.fault({ kind: 'drop', handled: true, skip: 1 });
    await post();
    await expect(post()).rejects.toThrow();
    expect(simulator.state('aalter')).toEqual({ count: 2 });
    expect(simulator.requests().at(-1)?.status).toBeNull();
  });

  it('hangs, delays, misleads and floods', async () => {
    simulator.fault({ kind: 'hang' });
    await expect(post('aalter', AbortSignal.timeout(50))).rejects.toThrow();
    simulator.fault({ kind: 'delay', delayMs: 50 });
    const begun = performance.now();
    expect((await post()).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(45);
    simulator.fault({ kind: 'login-page' });
    expect((await post()).headers.get('content-type')).toBe('text/html');
    simulator.fault({ kind: 'broken-json' });
    await expect((await post()).json()).rejects.toThrow();
    simulator.fault({ kind: 'huge', sizeBytes: 1_000_000 });
    expect((await (await post()).text()).length).toBe(1_000_002);
    simulator.fault({ kind: 'status', status: 500 });
    await admin('DELETE', '/faults');
    expect((await post()).status).toBe(200);
  });

  it('says where it cannot listen', async () => {
    const port = Number(new URL(simulator.baseUrl('aalter')).port);
    await expect(startSimulator(counter, { accounts: [], port })).rejects.toThrow(/EADDRINUSE/);
  });
});
