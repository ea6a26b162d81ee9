import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, readKeyFile, seal, SealBroken, type Key } from './keys.js';

const key = (id: string): Key => ({ id, bytes: randomBytes(32) });
const now = key('2026-11');
const former = key('2026-05');

it('opens what it sealed, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4_096 }), (bytes) => {
      const plain = Buffer.from(bytes);
      expect(open(seal(plain, [now], 'aalter|1'), [now], 'aalter|1')).toEqual(plain);
    }),
    { seed: 7 },
  );
});

it('opens with a former key of the ring, and seals with the current one', () => {
  const sealed = seal(Buffer.from('put in het fietspad'), [former], 'a');
  expect(open(sealed, [now, former], 'a').toString()).toBe('put in het fietspad');
  expect(() => open(seal(Buffer.from('x'), [now, former], 'a'), [former], 'a')).toThrow(
    'sealed with key "2026-11"',
  );
});

it('does not open for another place', () => {
  const sealed = seal(Buffer.from('x'), [now], 'aalter|1');
  expect(() => open(sealed, [now], 'beringen|1')).toThrow(SealBroken);
});

it('notices each single changed byte and each truncation', () => {
  const sealed = seal(Buffer.from('dertig bytes om te beschadigen'), [now], 'a');
  for (let at = 0; at < sealed.length; at += 1) {
    const damaged = Buffer.from(sealed);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(() => open(damaged, [now], 'a')).toThrow(SealBroken);
    expect(() => open(sealed.subarray(0, at), [now], 'a')).toThrow(SealBroken);
  }
});

it('reads a key file and names the line that is wrong', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'body.keys');
  writeFileSync(file, `# bodies\n2026-11:${now.bytes.toString('base64')}\n\n`);
  expect(readKeyFile(file)).toEqual([now]);
  writeFileSync(file, `2026-11:${now.bytes.toString('base64')}\n2026-05:short\n`);
  expect(() => readKeyFile(file)).toThrow(`${file}: key 2 is not`);
  writeFileSync(file, '');
  expect(() => readKeyFile(file)).toThrow('holds no key');
});
