import { freshDatabase, type FreshDatabase } from '#infra/testing/database.js';
import { provided } from '#infra/testing/setting.js';
import { packageRoot } from '#runtime/root.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const tenant = `tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
connectors:
  meldpunt: { connector: postvak }
routes:
  - when: { type: be.lbbus.melding.ingediend.v1 }
    to: [ meldpunt ]
credentials:
  - name: meldpunt
    sources: [ urn:lb:aalter:meldpunt ]
`;

const away = 'settings: { baseUrl: "http://127.0.0.1:1", username: bus, password: { secret: p } }';
/** With a TOPdesk that calls the bus, and is not there. */
const hooked = tenant.replace('connectors:', `connectors:\n  topdesk: { hook: true, ${away} }`);

/** Each call starts a process. */

describe('lb-bus', () => {
  let fresh: FreshDatabase;
  let folder: string;
  let environment: Record<string, string>;

  const lbBus = (args: readonly string[], changes: Record<string, string> = {}): Promise<Ended> =>
    new Promise((resolve) => {
      const program = join(packageRoot, 'dist', 'infra', 'cli', 'main.js');
      const env = { PATH: process.env['PATH'] ?? '', ...environment, ...changes };
      const child = execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
      child.stdin?.end();
    });

  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'lb-bus-'));
    const keyFile = async (name: string): Promise<string> => {
      const file = join(folder, name);
      await writeFile(file, `${name}:${randomBytes(32).toString('base64')}\n`);
      return file;
    };
    environment = {
      DATABASE_URL: fresh.url,
      LBBUS_BODY_KEY_FILE: await keyFile('body'),
      LBBUS_SECRET_KEY_FILE: await keyFile('secret'),
      LBBUS_SECRET_AALTER_P: 'geheim',
    };
    await writeFile(join(folder, 'aalter.yaml'), hooked);
  });
  afterAll(async () => {
    await fresh.drop();
    await rm(folder, { recursive: true });
  });

  it('shows the difference (exit 2), applies it, and then has nothing to do (exit 0)', async () => {
    const file = join(folder, 'aalter.yaml');
    const before = await lbBus(['diff', '-f', file]);
    expect(before).toMatchObject({ code: 2, err: '' });
    expect(before.out).toContain('  + tenant aalter (Gemeente Aalter)\n');
    const applied = await lbBus(['apply', '-f', file]);
    expect(applied.out).toContain(before.out);
    expect(applied.out).toMatch(
      /Applied to 1 tenant\.\nHook token of aalter topdesk, .*: lb_aalter_[\w-]{43}\n$/,
    );
    expect(await lbBus(['diff', '-f', file])).toEqual({
      code: 0,
      out: 'No difference.\n',
      err: '',
    });
    expect((await lbBus(['apply', '-f', file])).out).toBe('Nothing to change.\n');
    const key = await lbBus(['keys', 'new', 'aalter', 'meldpunt']);
    expect(key.out).toMatch(/^lb_aalter_[\w-]{43}\n$/);
    const credentials = await lbBus(['get', 'credentials', '-t', 'aalter', '--json']);
    expect(JSON.parse(credentials.out)).toMatchObject([{ name: 'meldpunt', keys: 1 }]);
    expect((await lbBus(['get', 'routes'])).out).toContain('be.lbbus.melding.ingediend.v1');
  });

  it('says in one line what is wrong, where, and what to do; the stack only when debugging', async () => {
    const file = join(folder, 'wrong.yaml');
    await writeFile(file, tenant.replace('to: [ meldpunt ]', 'to: [ meldpost ]'));
    const words = `lb-bus: ${file}:9: routes[0].to[0]: unknown target "meldpost": expected one of meldpunt\n`;
    expect(await lbBus(['apply', '-f', file])).toEqual({ code: 1, out: '', err: words });
    const debugging = await lbBus(['apply', '-f', file], { LBBUS_LOG_LEVEL: 'debug' });
    expect(debugging.err).toMatch(/\n +at /);
  });

  it.each([
    [
      'a variable that is not set',
      { DATABASE_URL: '' },
      /^lb-bus: DATABASE_URL is not set: the address of PostgreSQL/,
    ],
    [
      'no PostgreSQL',
      { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' },
      /^lb-bus: connect ECONNREFUSED/,
    ],
    [
      'a database that was not migrated',
      { DATABASE_URL: provided('LBBUS_TEST_DATABASE_URL') },
      /^lb-bus: the database is not up to date: run "lb-bus migrate" first/,
    ],
  ])('says so for %s', async (_, changes, words) => {
    const { code, err } = await lbBus(['get', 'tenants'], changes);
    expect([code, err]).toEqual([1, expect.stringMatching(words)]);
  });

  it('lists its commands', async () => {
    const { out } = await lbBus(['--help']);
    for (const name of ['migrate', 'diff', 'apply', 'get', 'keys', 'new', 'way'])
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  it('checks the systems of a tenant and says of each what is wrong', async () => {
    const file = join(folder, 'beringen.yaml');
    const declared = hooked.replaceAll('aalter', 'beringen');
    await writeFile(file, declared);
    await lbBus(['apply', '-f', file], { LBBUS_SECRET_BERINGEN_P: 'geheim' });
    const checked = await lbBus(['check', 'beringen'], { LBBUS_SANDBOX: '1' });
    expect(checked).toMatchObject({ code: 1, err: '' });
    expect(checked.out).toContain('✓ meldpunt  answers');
    expect(checked.out).toMatch(/^✗ topdesk {2}unavailable: /m);
    expect((await lbBus(['check', 'beringen', 'meldpunt'])).code).toBe(0);
    expect((await lbBus(['check', 'nergens'])).err).toContain('there is no tenant "nergens"');
    const proposed = await lbBus(['propose', 'beringen', 'topdesk'], { LBBUS_SANDBOX: '1' });
    expect([proposed.code, proposed.err]).toEqual([1, expect.stringContaining('TOPdesk')]);
    const nothing = await lbBus(['propose', 'beringen', 'meldpunt']);
    expect(nothing.err).toContain('Postvak has nothing to propose');
  });
});
