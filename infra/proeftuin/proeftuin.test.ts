import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../bootstrap/ports.mjs';
import { until } from '#infra/testing/until.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { foldersIn } from './folders.js';
import { places } from './places.js';
import { readSecrets } from './secrets.js';
import { prepare } from './prepare.js';
import { startProeftuin } from './start.js';
import { serviceDesksAt } from './topdesk-people.js';

let folder: string;
let origin: string;
let running: RunningProcess;

/** Calls of systems, as the gateway would be called: path and secret. */
const called: (readonly [path: string, secret: unknown])[] = [];
const bus = createServer(({ url = '', headers }, response) => {
  called.push([url, headers['x-lb-bus-secret']]);
  response.writeHead(202).end();
});

const configOf = (sandbox: boolean) =>
  ({
    ...{ sandbox, stateDir: folder, internalPort: 0 },
    port: Number(new URL(origin).port),
    publicUrl: `http://127.0.0.1:${(bus.address() as AddressInfo).port}`,
  }) as never;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lb-bus-proeftuin-'));
  origin = `http://127.0.0.1:${await freePort()}`;
  await new Promise<void>((resolve) => bus.listen(0, '127.0.0.1', resolve));
  await prepare(folder, origin);
  running = await startProeftuin(configOf(true), origin);
}, 30_000);

afterAll(async () => {
  await running.stop();
  bus.closeAllConnections();
  bus.close();
  await rm(folder, { recursive: true, force: true });
});

it('does not start outside a sandbox', async () => {
  await expect(startProeftuin(configOf(false), origin)).rejects.toThrow(/LBBUS_SANDBOX=1/);
});

it('plays the TOPdesk of every tenant, each with its own password', async () => {
  const secrets = readSecrets(foldersIn(folder).own);
  const asks = async (of: string, by: string): Promise<number> => {
    const login = `lb-bus-${by}:${secrets[by]?.['topdesk-password'] ?? ''}`;
    const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
    const url = `${origin}/topdesk/${of}/tas/api/version`;
    return (await fetch(url, { headers: { authorization } })).status;
  };
  expect(await Promise.all(places.map(({ id }) => asks(id, id)))).toEqual(places.map(() => 200));
  expect(await asks('balen', 'berlare')).toBe(401);
});

it('has systems that call the bus when people change something, not when the bus does', async () => {
  const own = readSecrets(foldersIn(folder).own)['balen'] ?? {};
  const login = `lb-bus-balen:${own['topdesk-password'] ?? ''}`;
  const headers = {
    authorization: `Basic ${Buffer.from(login).toString('base64')}`,
    'content-type': 'application/json',
  };
  const incidents = `${origin}/topdesk/balen/tas/api/incidents`;
  const body = JSON.stringify({ status: 'firstLine', externalNumber: 'm1' });
  const made = await fetch(incidents, { method: 'POST', headers, body });
  expect(made.status).toBe(201);
  await serviceDesksAt(origin, folder)
    .incidents()
    .then(([incident]) => incident && serviceDesksAt(origin, folder).solve(incident));
  await until(() => called.length > 0, { what: 'a call' });
  expect(called).toEqual([[`/v1/hooks/${own['topdesk-hook'] ?? ''}`, own['topdesk-caller']]]);
});

it('shows on its front page what it plays and what each has received', async () => {
  const response = await fetch(origin);
  const page = await response.text();
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const { id } of places) expect(page).toContain(`${origin}/topdesk/${id}<`);
});

it('keeps secrets readable by their owner alone, and the same at a second start', async () => {
  const { own } = foldersIn(folder);
  const before = readSecrets(own);
  await prepare(folder, origin);
  expect(readSecrets(own)).toEqual(before);
  expect(new Set(Object.values(before).map((one) => one['meldpunt-key'])).size).toBe(35);
  expect((await stat(join(own, 'secrets.yaml'))).mode & 0o777).toBe(0o600);
});
