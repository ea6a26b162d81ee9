import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openOperators } from '../../monitoring/people/tokens.js';
import { ensureOperator } from './operator.mjs';

it('makes an operator once whom monitoring lets in, and nobody else', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'lb-bus-operator-')), 'keys');
  const made = ensureOperator(folder);
  expect(ensureOperator(folder)).toEqual(made);
  const operatorOf = openOperators(made.operatorTokensFile);
  expect(operatorOf(made.operatorToken)?.name).toBe('demo');
  expect(operatorOf('')).toBeNull();
  expect(statSync(join(folder, 'operator.token')).mode & 0o077).toBe(0);
});
