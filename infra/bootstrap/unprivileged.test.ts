import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { canReach, makePassable, reachableFolder } from './unprivileged.mjs';

const stranger = { name: 'stranger', uid: 64_999, gid: 64_999 };

it('sees that a login cannot get through a private folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-reach-'));
  const deep = join(folder, 'checkout', 'data');
  mkdirSync(deep, { recursive: true });
  chmodSync(folder, 0o700);
  expect(canReach(deep, stranger)).toBe(false);
  chmodSync(folder, 0o711);
  expect(canReach(deep, stranger)).toBe(true);
});

it('lets the owner through what is closed to others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-reach-'));
  const owner = { name: 'owner', uid: process.getuid?.() ?? 0, gid: stranger.gid };
  expect(canReach(join(folder, 'data'), owner)).toBe(true);
});

it('makes folders passable whatever the umask', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-reach-'));
  chmodSync(folder, 0o755);
  const before = process.umask(0o077);
  makePassable(join(folder, 'a', 'b'));
  process.umask(before);
  expect(canReach(join(folder, 'a', 'b', 'data'), stranger)).toBe(true);
});

it('finds the same place for the same checkout, and another for another', () => {
  expect(reachableFolder('/root/a/.lb-bus')).toBe(reachableFolder('/root/a/.lb-bus'));
  expect(reachableFolder('/root/a/.lb-bus')).not.toBe(reachableFolder('/root/b/.lb-bus'));
});
