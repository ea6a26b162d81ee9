import {
  aalterYaml,
  beringenYaml,
  newRing,
  openTenancy,
  type Tenancy,
} from '#infra/testing/tenancy.js';
import { until } from '#infra/testing/until.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { createLog } from '#runtime/log.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DirectoryFollower } from './directory.js';
import { followDirectory } from './follow.js';

/** A line to PostgreSQL that can be cut and mended. */
const openLine = async (target: URL) => {
  const sockets = new Set<Socket>();
  let whole = true;
  const server: Server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
    }
    return near;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    cut: () => {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => (whole = true),
    close: () => server.close(),
  };
};

describe('following the tenants', () => {
  let tenancy: Tenancy;
  let line: Awaited<ReturnType<typeof openLine>>;
  let folder: string;
  let closing: (() => Promise<unknown>)[];
  const log = createLog('test', 'silent');

  const follow = async (bodyKek = tenancy.keys.body): Promise<DirectoryFollower> => {
    const database: Database = openDatabase({ url: line.url, log });
    const follower = await followDirectory({
      database,
      bodyKek,
      snapshotFile: join(folder, 'run', 'tenants.json'),
      log,
    });
    closing.push(async () => {
      await follower.close();
      await database.close();
    });
    return follower;
  };
  const names = (follower: DirectoryFollower): string =>
    [...follower.current().tenants.keys()].join();

  beforeEach(async () => {
    tenancy = await openTenancy();
    line = await openLine(new URL(tenancy.url));
    folder = await mkdtemp(join(tmpdir(), 'follow-'));
    closing = [];
    await tenancy.apply(aalterYaml);
  });
  afterEach(async () => {
    for (const close of closing) await close();
    line.close();
    await tenancy.drop();
    await rm(folder, { recursive: true });
  });

  it('hears of a change within two seconds, and tells it with the former one', async () => {
    const follower = await follow();
    const heard: string[] = [];
    const stop = follower.onChange((now, before) =>
      heard.push(`${before.tenants.size} → ${now.tenants.size}`),
    );
    const before = follower.current();
    await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
    await until(() => names(follower) === 'aalter,beringen', {
      what: 'beringen is there',
      timeoutMs: 2_000,
    });
    expect(heard.at(-1)).toBe('1 → 2');
    expect([...before.tenants.keys()]).toEqual(['aalter']);
    stop();
    const count = heard.length;
    await tenancy.apply(aalterYaml, { prune: true });
    await until(() => names(follower) === 'aalter', { what: 'beringen is gone', timeoutMs: 2_000 });
    expect(heard).toHaveLength(count);
  });

  it('keeps the last known tenants while PostgreSQL is away, and hears afterwards what it missed', async () => {
    const follower = await follow();
    line.cut();
    await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
    expect(names(follower)).toBe('aalter');
    line.mend();
    await until(() => names(follower) === 'aalter,beringen', { what: 'beringen is there' });
  });

  it('[start-without-postgres] starts from the snapshot while PostgreSQL is away, and goes on with what is new when it is back', async () => {
    await follow();
    line.cut();
    const follower = await follow();
    const tenant = follower.current().tenants.get('aalter');
    expect(tenant?.bodyKeys).toEqual((await tenancy.directory()).tenants.get('aalter')?.bodyKeys);
    await tenancy.apply(`${beringenYaml}---${aalterYaml}`);
    line.mend();
    await until(() => names(follower) === 'aalter,beringen', { what: 'beringen is there' });
  });

  it('keeps the snapshot to this user, without an open key in it', async () => {
    const follower = await follow();
    const file = join(folder, 'run', 'tenants.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    const [key] = follower.current().tenants.get('aalter')?.bodyKeys ?? [];
    expect(text).toContain('Gemeente Aalter');
    expect(text).not.toContain(key?.bytes.toString('hex') ?? '');
    expect(text).not.toContain(key?.bytes.toString('base64') ?? '');
  });

  it('[start-without-snapshot] waits for PostgreSQL where there is no snapshot either', async () => {
    line.cut();
    const started = follow();
    line.mend();
    expect(names(await started)).toBe('aalter');
  });

  it('leaves out a tenant whose key is unknown, and serves the others', async () => {
    tenancy.keys = { ...tenancy.keys, body: newRing('other') };
    await tenancy.apply(beringenYaml);
    expect(names(await follow())).toBe('beringen');
  });

  it('gives directories that nobody can change', async () => {
    const tenant = (await follow()).current().tenants.get('aalter');
    expect(() => (tenant!.routes as unknown[]).push('x')).toThrow(TypeError);
    expect(() =>
      Object.assign(tenant?.connectors.get('topdesk')?.settings ?? {}, { baseUrl: 'x' }),
    ).toThrow(TypeError);
  });
});
