import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asked, contentOf, newBackedUp, type BackedUp } from '#infra/testing/backups.js';
import { newRing } from '#infra/testing/tenancy.js';

describe('a backup', () => {
  let world: BackedUp;
  beforeAll(async () => {
    world = await newBackedUp();
  });
  afterAll(() => world.drop());

  it('that is interrupted leaves nothing that looks like one', async () => {
    const name = join(world.folder, 'interrupted');
    let tables = 0;
    const interrupted = world.back('interrupted', {
      tell: () => {
        tables += 1;
        if (tables === 3) throw new Error('the disk is full');
      },
    });
    await expect(interrupted).rejects.toThrow('the disk is full');
    expect([existsSync(name), existsSync(`${name}.partial`)]).toEqual([false, false]);
    await expect(world.restore({ folder: world.folder })).rejects.toThrow(
      'is not a complete backup',
    );
  });

  it('does not take the place of another', async () => {
    await expect(world.back('taken')).rejects.toThrow('exists: give the backup a name of its own');
  });

  it('that was damaged is refused before anything is written', async () => {
    const backup = await world.back('damaged');
    const file = join(backup, 'tables', 'delivery.waiting.copy.gz');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await writeFile(file, bytes);
    const restored = await world.newDatabase();
    await expect(world.restore({ databaseUrl: restored, folder: backup })).rejects.toThrow(
      'the backup is damaged: tables/delivery.waiting.copy.gz',
    );
    expect(await contentOf(restored)).toEqual({});
  });

  it('is refused without its keys, and nothing is left of a try with the wrong ones', async () => {
    const into = world.newName();
    const other = { into, keys: { ...world.keys, secret: newRing('secret-2') } };
    await expect(world.restore(other)).rejects.toThrow(
      'the backup cannot be read without key "secret-1" in LBBUS_SECRET_KEY_FILE',
    );
    const wrong = { into, keys: { ...world.keys, body: newRing('body-1') } };
    await expect(world.restore(wrong)).rejects.toThrow(
      'what lies sealed of tenant aalter does not open with these key files',
    );
    const restored = Object.assign(new URL(world.url), { pathname: `/${into}` }).href;
    expect(await asked(restored, 'select from tenants.tenant')).toEqual([]);
    expect((await world.restore({ into })).opened.tenants).toBe(2);
    await expect(world.restore({ into })).rejects.toThrow('is not empty');
  });

  it('only goes into a new database', async () => {
    await expect(world.restore({ databaseUrl: world.url })).rejects.toThrow(
      /is not empty: restore into a new one: --into <name> makes it/,
    );
  });

  it('of a version with other migrations is refused', async () => {
    const backup = await world.back('newer');
    const file = join(backup, 'manifest.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"0002_delivery.sql"', '"9999_later.sql"'));
    await expect(
      world.restore({ folder: backup, databaseUrl: await world.newDatabase() }),
    ).rejects.toThrow('the backup knows migration 9999_later.sql, this version of LB-bus does not');
    await writeFile(file, text.replace('lb-bus backup 1', 'lb-bus backup 2'));
    await expect(world.restore({ folder: backup })).rejects.toThrow(
      'has the format "lb-bus backup 2"',
    );
  });
});
