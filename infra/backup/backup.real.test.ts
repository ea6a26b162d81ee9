import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '#infra/migrations/migrate.js';
import { asked, contentOf, newBackedUp, type BackedUp } from '#infra/testing/backups.js';

describe('a backup', () => {
  let world: BackedUp;
  let before: Record<string, unknown>;
  beforeAll(async () => {
    world = await newBackedUp();
    before = await contentOf(world.url);
  });
  afterAll(() => world.drop());

  it('comes back whole, as an owner that is no superuser, with each table guarded as before', async () => {
    const into = world.newName();
    const { opened, databaseUrl } = await world.restore({ into });
    expect(opened).toEqual({ tenants: 2, bodies: 1, secrets: 1 });
    const after = await contentOf(databaseUrl);
    const changed = Object.keys(before).filter(
      (table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]),
    );
    expect(changed).toEqual(['delivery.restored', 'delivery.waiting', 'tenants.revision']);
    const waiting = `select id, tenant, message, due_at, detail, envelope, body from delivery.waiting order by id`;
    expect(await asked(databaseUrl, waiting)).toEqual(await asked(world.url, waiting));
    expect(
      await asked(databaseUrl, 'select from delivery.waiting where leased_by is not null'),
    ).toEqual([]);
    expect(
      await asked(databaseUrl, 'select tenant, known_until from delivery.restored order by tenant'),
    ).toEqual([
      { tenant: 'aalter', known_until: new Date('2026-11-20T10:00:00.123Z') },
      { tenant: 'beringen', known_until: null },
    ]);
  });

  it('never gives a number twice: lanes are in the order of their numbers', async () => {
    const restored = await world.newDatabase();
    await world.restore({ databaseUrl: restored });
    const [row] = await asked<{ id: string }>(
      restored,
      `insert into delivery.waiting (tenant, target, subject, message, state, due_at, envelope, body)
       values ('aalter', 'topdesk', '', $1, 'waiting', now(), '{}', '') returning id`,
      [randomUUID()],
    );
    expect(Number(row?.id)).toBeGreaterThan(3);
  });

  it('raises the revision, so that no process takes the tenants it knew for the restored ones', async () => {
    const [was] = await asked<{ revision: string }>(
      world.url,
      'select revision from tenants.revision',
    );
    const restored = await world.newDatabase();
    await world.restore({ databaseUrl: restored });
    const [is] = await asked<{ revision: string }>(
      restored,
      'select revision from tenants.revision',
    );
    expect(Number(is?.revision)).toBeGreaterThan(Number(was?.revision) + 1_000_000);
  });

  it('shows one moment, whatever is written meanwhile', async () => {
    let meanwhile = Promise.resolve<unknown>(undefined);
    const backup = await world.back('moment', {
      tell: () => {
        meanwhile = meanwhile.then(() =>
          asked(
            world.url,
            `insert into delivery.hold (tenant, target, code, detail, held_by) values ('aalter', $1, 'x', 'x', 'bus')`,
            [randomUUID()],
          ),
        );
      },
    });
    await meanwhile;
    const manifest = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as {
      tables: { schema: string; name: string; rows: number }[];
    };
    expect(manifest.tables.find(({ name }) => name === 'hold')?.rows).toBe(0);
    await asked(world.url, 'delete from delivery.hold');
  });

  it('holds every table there is, and no key; only its owner reads it', async () => {
    const text = await readFile(join(world.taken, 'manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as {
      tables: { schema: string; name: string; file: string }[];
    };
    expect(manifest.tables.map(({ schema, name }) => `${schema}.${name}`).sort()).toEqual(
      Object.keys(before).sort(),
    );
    expect(manifest).toMatchObject({ keys: { body: ['body-1'], secret: ['secret-1'] } });
    for (const { bytes } of [...world.keys.body, ...world.keys.secret])
      expect(text).not.toContain(bytes.toString('base64'));
    for (const { file } of manifest.tables)
      expect((await stat(join(world.taken, file))).mode & 0o777).toBe(0o600);
    expect((await stat(world.taken)).mode & 0o777).toBe(0o700);
  });

  it('of an older version comes back as that version, and then runs what came since', async () => {
    const older = await world.newDatabase();
    await migrate(older, undefined, '0002_delivery.sql');
    await asked(
      older,
      `insert into delivery.effect (tenant, target, message, digest, state) values ('aalter', 't', $1, 'd', 'done')`,
      [randomUUID()],
    );
    const backup = await world.back('older', { databaseUrl: older });
    const restored = await world.newDatabase();
    await world.restore({ folder: backup, databaseUrl: restored });
    expect(await migrate(restored)).toEqual([]);
    expect(await asked(restored, 'select digest from delivery.effect')).toEqual([{ digest: 'd' }]);
  });
});
