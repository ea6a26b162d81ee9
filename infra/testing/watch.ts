import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, type Bus } from '#bus/connection.js';
import { startDelivery } from '#delivery/start.js';
import { timing } from '#delivery/timing.js';
import { discoverConnectors } from '#kit/discover.js';
import { freshVhost, type FreshVhost } from './broker.js';
import { aalterYaml, beringenYaml, openTenancy, type Tenancy } from './tenancy.js';
import { readConfig } from '#runtime/config.js';
import type { Key, KeyRing } from '#runtime/keys.js';
import type { RunningProcess } from '#runtime/lifecycle.js';
import { createLog } from '#runtime/log.js';
import { sealingKeyOf } from '#runtime/sealing.js';
import { roles, type Role } from '../../monitoring/people/rights.js';
import { startMonitoring } from '../../monitoring/start.js';

export const operatorName = 'an.voorbeeld';
const token = 'operator-token-of-this-test';

/** Bearer token of somebody with this role, of all tenants; the tenant administrator's is of beringen. */
export const tokenOf = (role: Role): string => `token-of-the-${role}`;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly body?: object;
  /** Bearer token; the operator's where it is left out, none where it is null. */
  readonly as?: string | null;
  readonly language?: string;
  readonly port?: number | undefined;
}

/** Monitoring on a database and a virtual host of its own, with the tenants aalter and beringen. */
export interface Watch {
  readonly tenancy: Tenancy;
  readonly vhost: FreshVhost;
  readonly bus: Bus;
  /** Body keys of aalter. */
  readonly keys: KeyRing;
  readonly running: RunningProcess;
  readonly start: (env?: Record<string, string>) => Promise<RunningProcess>;
  /** A delivery process with the real connectors beside it. */
  readonly startDelivery: () => Promise<RunningProcess>;
  readonly ask: (path: string, asking?: Asking) => Promise<Answer>;
  /** Parsed JSON of an answer with status 200; throws with the answer where it is another. */
  readonly read: (path: string) => Promise<unknown>;
  readonly end: () => Promise<void>;
}

const prepare = async (folder: string, tenancy: Tenancy): Promise<void> => {
  await tenancy.apply(`${aalterYaml}\n---\n${beringenYaml}`);
  const [key] = tenancy.keys.body;
  const line = ({ id, bytes }: Key): string => `${id}:${bytes.toString('base64')}\n`;
  await writeFile(join(folder, 'body.keys'), line(key));
  await writeFile(join(folder, 'secret.keys'), line(tenancy.keys.secret[0]));
  await writeFile(join(folder, 'sealing.keys'), line(sealingKeyOf(tenancy.keys.secret[0])));
  const lines = roles.map(
    (role) =>
      `${role}:${digestOf(tokenOf(role))}:${role}${role === 'tenant-administrator' ? '@beringen' : ''}`,
  );
  const operators = ['# operators', `${operatorName}:${digestOf(token)}`, ...lines, ''];
  await writeFile(join(folder, 'operators'), operators.join('\n'));
};

const asked = async (url: string, asking: Asking): Promise<Answer> => {
  const { method = 'GET', body, as = token, language } = asking;
  const headers = new Headers();
  if (as !== null) headers.set('authorization', `Bearer ${as}`);
  if (body) headers.set('content-type', 'application/json');
  if (language !== undefined) headers.set('accept-language', language);
  const response = await fetch(url, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type');
  return { status: response.status, type, text: await response.text() };
};

/** Starts monitoring as the process does, with `settings` besides its own; `end` stops it and drops everything. */
export const openWatch = async (settings: Record<string, string> = {}): Promise<Watch> => {
  const folder = await mkdtemp(join(tmpdir(), 'monitoring-'));
  const [vhost, tenancy] = await Promise.all([freshVhost(), openTenancy()]);
  await prepare(folder, tenancy);
  const log = createLog('test', 'silent');
  const base = {
    DATABASE_URL: tenancy.url,
    AMQP_URL: vhost.url,
    LBBUS_BODY_KEY_FILE: join(folder, 'body.keys'),
    LBBUS_SEALING_KEY_FILE: join(folder, 'sealing.keys'),
    LBBUS_ATTACHMENTS: 'file:///nowhere',
    LBBUS_STATE_DIR: folder,
    LBBUS_SANDBOX: '1',
    LBBUS_OPERATOR_TOKENS_FILE: join(folder, 'operators'),
    ...settings,
  };
  const start = (env: Record<string, string> = {}): Promise<RunningProcess> => {
    const whole = { ...base, ...env };
    return startMonitoring(readConfig(whole), log, whole);
  };
  const keys = (await tenancy.directory()).tenants.get('aalter')?.bodyKeys;
  if (!keys) throw new Error('aalter was not applied');
  const running = await start();
  const bus = connectBus({ url: vhost.url, name: 'test', log });
  await bus.ready(10_000);
  const ask = (path: string, asking: Asking = {}): Promise<Answer> =>
    asked(`http://127.0.0.1:${asking.port ?? running.port ?? 0}${path}`, asking);
  return {
    tenancy,
    vhost,
    bus,
    keys,
    running,
    start,
    startDelivery: async () => {
      const secrets = { LBBUS_SECRET_KEY_FILE: join(folder, 'secret.keys') };
      const config = readConfig({ ...base, ...secrets });
      return startDelivery({ config, log, connectors: await discoverConnectors(), timing });
    },
    ask,
    read: async (path) => {
      const { status, text } = await ask(path);
      if (status !== 200) throw new Error(`${path} gave ${status}: ${text}`);
      return JSON.parse(text) as unknown;
    },
    end: async () => {
      await bus.close();
      await running.stop();
      await Promise.all([vhost.drop(), tenancy.drop(), rm(folder, { recursive: true })]);
    },
  };
};
