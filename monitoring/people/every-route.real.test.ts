import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { attemptsAt, reason, replay, type Attempt } from '#infra/testing/attempts.js';
import { beringenYaml } from '#infra/testing/tenancy.js';
import { tellStory } from '#infra/testing/watch-story.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';
import type { CredentialView } from '../tenants/shown.js';
import { consoleHeader } from './asking.js';
import type { Role } from './rights.js';
import { openSession } from './sessions.js';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Routes that are there for whoever comes. */
const open = [
  'GET /',
  'GET /*',
  'GET /admin/v1/openapi.json',
  'GET /admin/v1/session',
  'GET /sign-in',
  'GET /sign-in/return',
  'POST /sign-out',
];

/** Every route that any Fastify of this process has, from the moment it is made. */
const noteRoutes = (): readonly string[] => {
  const routes: string[] = [];
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
    });
  });
  return routes;
};

/** What nobody may have changed: all that is steered, declared or recorded. */
const kept = [
  'delivery.hold',
  'delivery.waiting',
  'delivery.parked_order',
  'delivery.parked_item',
  'delivery.parked_edit',
  'delivery.connection_check',
  'tenants.tenant',
  'tenants.connector',
  'tenants.route',
  'tenants.secret',
  'tenants.credential',
  'tenants.change',
  'monitoring.operator_action',
];

describe('the routes of the operators’ API', () => {
  const routes = noteRoutes();
  let watch: Watch;
  let client: pg.Client;
  let attempts: ReturnType<typeof attemptsAt>;

  beforeAll(async () => {
    watch = await openWatch();
    await tellStory(watch);
    client = new pg.Client({ connectionString: watch.tenancy.url });
    await client.connect();
    const { credentials } = (await watch.read('/admin/v1/tenants/aalter/credentials')) as {
      readonly credentials: readonly CredentialView[];
    };
    const key = credentials[0]?.keys[0]?.id ?? '';
    attempts = attemptsAt({ order: await planned({ tenant: 'aalter' }), key });
  });
  afterAll(async () => {
    await client.end();
    await watch.end();
  });

  const planned = async (selection: object): Promise<string> => {
    const body = replay(selection);
    const { text } = await watch.ask('/admin/v1/orders', { method: 'POST', body });
    return (JSON.parse(text) as { readonly id: string }).id;
  };

  const askAt = (path: string, init: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${watch.running.port ?? 0}${path}`, init);

  const signedIn = async (roles: readonly Role[], tenants: readonly string[] | null) => {
    const secret = await openSession(watch.tenancy.database, {
      ...{ name: 'Vera (vera)', shown: 'Vera', roles, tenants: tenants && new Set(tenants) },
    });
    const headers = { cookie: `lbbus=${secret}`, [consoleHeader]: '1' };
    return async (method: string, { path, body }: Attempt): Promise<number> => {
      const said = { ...headers, 'content-type': 'application/json' };
      return (await askAt(path, { method, headers: said, body: JSON.stringify(body) })).status;
    };
  };

  /** Each attempt with the status that it ended in, beside the one that is right. */
  const outcomes = async (
    ask: (method: string, attempt: Attempt) => Promise<number>,
    right: (attempt: Attempt) => number,
  ) => {
    const found: string[] = [];
    const wanted: string[] = [];
    for (const [route, all] of Object.entries(attempts))
      for (const attempt of all) {
        const words = `${route} ${JSON.stringify(attempt.body)}`;
        found.push(`${words}: ${await ask(route.split(' ')[0] ?? '', attempt)}`);
        wanted.push(`${words}: ${right(attempt)}`);
      }
    return { found, wanted };
  };

  const stateOf = async (): Promise<readonly unknown[]> => {
    const sums = kept.map(
      (table) =>
        `select '${table}' as name, md5(coalesce(string_agg(t::text, '' order by t::text), '')) from ${table} t`,
    );
    return (await client.query(sums.join(' union all '))).rows as unknown[];
  };

  const everyRight = ['operator', 'tenant-administrator', 'privacy-officer'] as const;

  it('ask who it is, each of them, but for those that are there for whoever comes', async () => {
    const unguarded: string[] = [];
    for (const route of new Set(routes)) {
      const [method = '', url = ''] = route.split(' ');
      const path = url.replaceAll(/:\w+/g, 'aalter').replace('*', 'kaart');
      const body = unsafe.has(method) ? '{}' : null;
      const headers = body === null ? {} : { 'content-type': 'application/json' };
      const { status } = await askAt(path, { method, headers, body, redirect: 'manual' });
      if (status !== 401) unguarded.push(route);
    }
    expect(unguarded.sort()).toEqual([...open].sort());
  });

  it('are each tried on another tenant where they change or read something by a body', () => {
    const known = new Set(routes.filter((route) => unsafe.has(route.split(' ')[0] ?? '')));
    expect(Object.keys(attempts).sort()).toEqual(
      [...known].filter((r) => !open.includes(r)).sort(),
    );
  });

  it('let nobody at another tenant, whatever she may do in her own, nor a reader at any', async () => {
    const before = await stateOf();
    const administrator = await outcomes(
      await signedIn(everyRight, ['beringen']),
      ({ elsewhere = 404 }) => elsewhere,
    );
    expect(administrator.found).toEqual(administrator.wanted);
    const reader = await outcomes(
      await signedIn(['reader'], null),
      ({ reader: status = 403 }) => status,
    );
    expect(reader.found).toEqual(reader.wanted);
    expect(await stateOf()).toEqual(before);
  });

  it('leave an order over several tenants to who reaches them all', async () => {
    await watch.tenancy.apply(`${beringenYaml}connectors:\n  topdesk: { connector: postvak }\n`);
    await client.query(
      `insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, sequence, code, envelope, body)
       select 'beringen', target, subject, gen_random_uuid(), state, due_at, attempt, sequence, 'locked', envelope, body
       from delivery.waiting where state = 'parked' limit 1`,
    );
    await client.query(`update delivery.waiting set code = 'locked' where tenant = 'aalter'`);
    const path = `/admin/v1/orders/${await planned({ code: 'locked' })}/start`;
    const ask = await signedIn(everyRight, ['beringen']);
    expect(await ask('POST', { path, body: { reason }, everywhere: 200 })).toBe(404);
    const both = await signedIn(everyRight, ['beringen', 'aalter']);
    expect(await both('POST', { path, body: { reason }, everywhere: 200 })).toBe(200);
  });

  it('do what is tried for who may', async () => {
    const { found, wanted } = await outcomes(
      await signedIn(everyRight, null),
      ({ everywhere }) => everywhere,
    );
    expect(found).toEqual(wanted);
  });
});
