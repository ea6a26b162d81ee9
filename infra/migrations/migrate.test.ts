import { expect, it } from '@jest/globals';
import { refuseOldServer } from './migrate.js';

it('refuses PostgreSQL 14 with what to do', () => {
  expect(() => refuseOldServer(140_011)).toThrow(
    'PostgreSQL 14 is too old: LB-bus needs 15 or later; point DATABASE_URL at a newer server',
  );
});

it('takes PostgreSQL 15 and later', () => {
  expect(() => refuseOldServer(150_000)).not.toThrow();
  expect(() => refuseOldServer(180_001)).not.toThrow();
});
