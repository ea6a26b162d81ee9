import { createHash } from 'node:crypto';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openOperators } from './tokens.js';

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'operators-')), 'tokens');
  writeFileSync(file, text);
  return file;
};

it('knows an operator by token, and hears of a changed file at once', () => {
  const file = fileWith(`# who may\n\nan:${digestOf('first')}\n`);
  const operatorOf = openOperators(file);
  expect(operatorOf('first')).toEqual({
    name: 'an',
    roles: ['operator', 'privacy-officer'],
    tenants: null,
  });
  expect(operatorOf('second')).toBeNull();
  writeFileSync(file, `piet:${digestOf('second')}\n`);
  utimesSync(file, new Date(), new Date(Date.now() + 5_000));
  expect(operatorOf('first')).toBeNull();
  expect(operatorOf('second')?.name).toBe('piet');
});

it('gives the roles and the tenants of the line', () => {
  const file = fileWith(`els:${digestOf('e')}:reader,tenant-administrator@aalter,ronse\n`);
  expect(openOperators(file)('e')).toEqual({
    name: 'els',
    roles: ['reader', 'tenant-administrator'],
    tenants: new Set(['aalter', 'ronse']),
  });
});

it.each([
  'an',
  'an:short',
  `An Voorbeeld:${digestOf('x')}`,
  'an:the-token-itself',
  `an:${digestOf('x')}:boss`,
  `an:${digestOf('x')}:reader@`,
  `an:${digestOf('x')}:tenant-administrator`,
])('refuses the line "%s" and says which it is', (line) => {
  const file = fileWith(`an:${digestOf('x')}\n${line}\n`);
  expect(() => openOperators(file)).toThrow(`${file}: line 2`);
});
