import { expect, it } from '@jest/globals';
import { PreparedNames } from './prepared.js';

const named = (names: PreparedNames, text: string, times: number): (string | undefined)[] =>
  Array.from({ length: times }, () => names.nameOf(text));

it('names what comes again, each text otherwise', () => {
  const names = new PreparedNames();
  expect(named(names, 'select 1', 4)).toEqual([undefined, undefined, 's0', 's0']);
  expect(named(names, 'select 2', 3)).toEqual([undefined, undefined, 's1']);
});

it('names nothing that gives all columns of a table', () => {
  const names = new PreparedNames();
  for (const text of [
    'select * from t',
    'select a, * from t',
    'select t.* from t',
    'delete from t returning *',
  ])
    expect(named(names, text, 3)).toEqual([undefined, undefined, undefined]);
});

it('does not grow with texts that come once', () => {
  const names = new PreparedNames();
  for (let index = 0; index < 10_000; index += 1)
    expect(named(names, `select ${index}`, 3)[0]).toBeUndefined();
  expect(names.nameOf('select 0')).toBe('s0');
  expect(named(names, 'one more', 4)).toEqual([undefined, undefined, undefined, undefined]);
});
