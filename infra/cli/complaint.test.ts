import { expect, it } from '@jest/globals';
import { complaintOf } from './complaint.js';

it('says the words of an error and of its causes, with the hint of PostgreSQL', () => {
  const refused = Object.assign(new Error('login x may not'), {
    hint: 'As an administrator: grant',
  });
  const error = new Error('migration 0001.sql failed and was undone', { cause: refused });
  expect(complaintOf(error, false)).toBe(
    'migration 0001.sql failed and was undone: login x may not. As an administrator: grant',
  );
});

it('says every address that was tried where a connection has no words of its own', () => {
  const tried = [
    new Error('connect ECONNREFUSED ::1:5432'),
    new Error('connect ECONNREFUSED 127.0.0.1:5432'),
  ];
  expect(complaintOf(new AggregateError(tried, ''), false)).toBe(
    'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
  );
});

it('shows the stack only when debugging', () => {
  expect(complaintOf(new Error('x'), true)).toMatch(/^Error: x\n +at /);
  expect(complaintOf('just words', true)).toBe('just words');
});
