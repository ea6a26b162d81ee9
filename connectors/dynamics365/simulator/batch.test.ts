import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk } from '../testing.js';
import type { Desk } from '../testing.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.simulator.close());

describe('$batch', () => {
  const type = { 'content-type': 'multipart/mixed; boundary=b' };
  const request = (lines: readonly string[], head: readonly string[] = []): string =>
    [
      '--b',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      ...head,
      '',
      ...lines,
      '',
    ].join('\r\n');
  const base = '/aalter/api/data/v9.2';
  const get = (path: string): string => request([`GET ${base}${path} HTTP/1.1`, '', '']);

  it('stops at the first that fails, with its status, unless it may go on', async () => {
    const body = `${get('/nothing')}\r\n${get('/WhoAmI')}\r\n--b--\r\n`;
    const stopped = await desk.ask('POST', '/$batch', { body, headers: type });
    const headers = { ...type, prefer: 'odata.continue-on-error' };
    const whole = await desk.ask('POST', '/$batch', { body, headers });
    expect([stopped.status, stopped.text.includes('UserId')]).toEqual([404, false]);
    expect([whole.status, whole.text.includes('UserId')]).toEqual([200, true]);
  });

  it.each([
    [
      'a part without transfer encoding',
      '--b\r\nContent-Type: application/http\r\n\r\nGET /x HTTP/1.1\r\n\r\n\r\n--b--',
    ],
    ['a part for another address', `${request(['GET /elders HTTP/1.1', '', ''])}\r\n--b--`],
    ['no end', get('/WhoAmI')],
  ])('refuses %s', async (_what, body) => {
    expect((await desk.ask('POST', '/$batch', { body, headers: type })).status).toBe(400);
  });

  it.each([
    ['without Content-ID', [], 'PATCH'],
    ['that reads', ['Content-ID: 1'], 'GET'],
  ])('refuses a change set %s', async (_what, head, method) => {
    const inner = request([`${method} ${base}/incidents HTTP/1.1`, '', ''], head).replace(
      '--b',
      '--c',
    );
    const body = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${inner}\r\n--c--\r\n--b--`;
    expect((await desk.ask('POST', '/$batch', { body, headers: type })).status).toBe(400);
  });

  it('undoes a change set of which one part fails', async () => {
    const before = (await desk.ask('GET', '/contacts')).json['value'] as unknown[];
    const parts = [
      { method: 'POST', path: '/contacts', json: { lastname: 'Voorbeeld' } },
      { method: 'POST', path: '/contacts', json: { lastname: 5 } },
    ] as const;
    const { signal } = new AbortController();
    await expect(
      desk.client.http.batch({ path: '/$batch', parts: [parts], signal }),
    ).rejects.toThrow();
    expect((await desk.ask('GET', '/contacts')).json['value']).toHaveLength(before.length);
  });
});
