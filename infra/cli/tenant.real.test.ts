import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWatch, tokenOf, type Watch } from '#infra/testing/watch.js';
import { tokenHash } from '#tenants/tokens.js';
import { createProgram } from './program.js';

let watch: Watch;
let folder: string;
const printed: string[] = [];
beforeAll(async () => {
  // Also where somebody runs this at a terminal nobody is to be asked.
  Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
  watch = await openWatch();
  folder = await mkdtemp(join(tmpdir(), 'tenant-new-'));
  process.env['LBBUS_OPERATOR_TOKEN'] = tokenOf('operator');
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterAll(async () => {
  jest.restoreAllMocks();
  delete process.env['LBBUS_OPERATOR_TOKEN'];
  await rm(folder, { recursive: true });
  await watch.end();
});

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const connectors =
  'connectors: { topdesk: { settings: { baseUrl: "https://td.example", username: bus, password: { secret: topdesk-password } } } }';
const run = async (...args: string[]): Promise<string> => {
  printed.length = 0;
  const url = `http://127.0.0.1:${watch.running.port ?? 0}`;
  const all = ['tenant', 'new', 'dessel', '--url', url, '--reason', 'Nieuw bestuur', ...args];
  await createProgram().parseAsync(['node', 'lb-bus', ...all]);
  return printed.join('\n');
};
const who = [
  ...['--name', 'Gemeente Dessel', '--kbo', '0207504812'],
  ...['--bestuurseenheid', 'http://data.lblod.info/id/bestuurseenheden/dessel'],
  ...['--verwerking', 'meldingen-openbaar-domein', '--application', 'meldpunt'],
];

it('makes a tenant with its systems, secrets, routes and a key, as the console does', async () => {
  const system = ['--connectors', await file('systems.yaml', connectors)];
  const secrets = await file('secrets.yaml', 'dessel: { topdesk-password: "correct horse" }');
  const out = await run(...who, ...system, '--secrets', secrets, '--json');
  expect(out).not.toContain('correct horse');
  const { key, routes } = JSON.parse(out) as { key: string; routes: readonly unknown[] };
  expect(routes).not.toEqual([]);
  const { tenants, byApiKeyHash } = await watch.tenancy.directory();
  const dessel = tenants.get('dessel');
  expect(dessel?.connectors.get('topdesk')?.settings).toMatchObject({
    password: { secret: 'topdesk-password' },
  });
  expect(dessel?.routes.length).toBe(routes.length);
  expect(byApiKeyHash(tokenHash(key))).toMatchObject({ tenant: 'dessel', name: 'meldpunt' });
  expect(await watch.read('/admin/v1/acts?tenant=dessel')).toMatchObject({
    acts: [
      { kind: 'new-key' },
      { kind: 'configure' },
      { kind: 'add-tenant', reason: 'Nieuw bestuur' },
    ],
  });
});

it('says what stands in the way: the tenant is there, or nobody is there to be asked', async () => {
  await expect(run(...who)).rejects.toThrow('There is a tenant dessel already');
  await expect(run('--name', 'Gemeente Dessel')).rejects.toThrow('say --kbo, --bestuurseenheid');
});
