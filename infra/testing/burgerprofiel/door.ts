import { afterAll, beforeAll } from '@jest/globals';
import { open, seal } from '#runtime/keys.js';
import type { Log } from '#runtime/log.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { takeFrom } from '../broker.js';
import { call, type Call, type Reply } from '../caller.js';
import { startTestGateway, type TestGateway } from '../gateway.js';
import { startIntrospecting, type Introspecting } from './issuer.js';
import { burgerprofielTenants } from './tenants.js';

type Event = Readonly<Record<string, unknown>>;

interface Traced {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly source?: string;
  readonly data?: object;
}

/** A gateway whose tenants are called by Mijn Burgerprofiel, which is patient for less than half a second. */
export interface BurgerprofielDoor {
  readonly acm: Introspecting;
  readonly gateway: TestGateway;
  readonly get: (path: string, key: string, headers?: Record<string, string>) => Promise<Reply>;
  /** Submits to Aalter. */
  readonly submit: (options: Call) => Promise<Reply>;
  /** The CloudEvent that was laid in a queue, opened. */
  readonly taken: (queue?: string) => Promise<Event>;
  /** Lays a message of Aalter where the collector would. */
  readonly trace: (traced: Traced) => Promise<void>;
}

const trace = async (gateway: TestGateway, { id, data = {}, ...row }: Traced): Promise<void> => {
  const keys = await gateway.bodyKeysOf('aalter');
  const body = seal(Buffer.from(JSON.stringify({ data })), keys, `aalter|${id}`);
  const usual = { tenant: 'aalter', kind: 'event', sender_id: id, time: '2026-01-05T08:00:00Z' };
  const stored = { accepted_at: new Date(), digest: '00', status: 'delivered', body };
  const source = 'urn:lb:aalter:burgerprofiel';
  const database = openOwnerDatabase(gateway.database.url);
  await database.scoped('aalter', (trx) =>
    trx
      .insertInto('monitoring.message')
      .values({ ...usual, ...stored, id, source, ...row })
      .execute(),
  );
  await database.close();
};

const taken = async (gateway: TestGateway, queue: string): Promise<Event> => {
  const { content, properties } = await takeFrom(gateway.vhost, queue);
  const [, tenant = ''] = queue.split('.');
  const keys = await gateway.bodyKeysOf(tenant);
  const plain = open(content, keys, `${tenant}|${String(properties.messageId)}`);
  return JSON.parse(plain.toString('utf8')) as Event;
};

interface Opened extends BurgerprofielDoor {
  readonly end: () => Promise<void>;
}

const openDoor = async (log?: Log): Promise<Opened> => {
  const acm = await startIntrospecting();
  const gateway = await startTestGateway({
    tenants: burgerprofielTenants(acm.url),
    environment: { LBBUS_ISSUERS_FILE: acm.issuersFile },
    times: { messageMs: 400, batchMs: 400, idleMs: 400 },
    ...(log && { log }),
  });
  return {
    acm,
    gateway,
    get: (path, key, headers = {}) => call(`${gateway.url}/mbp/${path}`, { key, headers }),
    submit: (options) =>
      call(`${gateway.url}/mbp/aalter/v1/melding`, {
        key: 'meldingen',
        method: 'POST',
        ...options,
        headers: { 'content-type': 'application/json', ...options.headers },
      }),
    taken: (queue = 't.aalter.desk') => taken(gateway, queue),
    trace: (traced) => trace(gateway, traced),
    end: async () => {
      await gateway.end();
      acm.close();
    },
  };
};

const openMs = 60_000;

/** The door of a test file: opened before its tests, ended after them. Nothing of it is there before. */
export const burgerprofielDoor = (log?: Log): BurgerprofielDoor => {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await openDoor(log);
  }, openMs);
  afterAll(() => opened?.end());
  const door = (): Opened => {
    if (!opened) throw new Error('the door is opened before the tests, not before that');
    return opened;
  };
  return {
    get acm() {
      return door().acm;
    },
    get gateway() {
      return door().gateway;
    },
    get: (...args) => door().get(...args),
    submit: (...args) => door().submit(...args),
    taken: (...args) => door().taken(...args),
    trace: (...args) => door().trace(...args),
  };
};
