import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { packageRoot } from '#runtime/root.js';

/** What the version before could not live with, while it still runs beside the new one. */
const breaking: readonly (readonly [string, RegExp])[] = [
  ['drops what may be read', /\bdrop\s+(?:table|column|schema|view|type|function|column\s+if)\b/],
  ['renames what may be read', /\brename\s+(?:to|column|constraint)?\b/],
  ['changes a type', /\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b/],
  ['asks for a value that nobody gives yet', /\balter\s+column\s+\S+\s+set\s+not\s+null\b/],
  [
    'adds a column that nobody fills yet',
    /\badd\s+column\b(?![^,;]*\b(?:default|generated)\b)[^,;]*\bnot\s+null\b/,
  ],
];

/** What runs when it migrates: what a function does when it is called later is not of it. */
const statementsOf = (sql: string): string =>
  sql
    .replace(/--.*$/gm, '')
    .toLowerCase()
    .replace(/\bcreate\s+function\b[^;]*?\bas\s+(\$\w*\$)[\s\S]*?\1/g, 'create function');

/** A table whose name another takes in the same transaction is not missed; that it takes what the version before writes is for a test to show. */
const withoutSuccessions = (statements: string): string =>
  statements.replace(
    /\balter\s+table\s+(\w+\.\w+)\s+rename\s+to\s+\w+;(?=\s*create\s+table\s+\1\b)/g,
    '',
  );

const faultsOf = (sql: string): string[] => {
  const statements = withoutSuccessions(statementsOf(sql));
  return breaking.filter(([, pattern]) => pattern.test(statements)).map(([fault]) => fault);
};

const folder = join(packageRoot, 'infra', 'migrations');
/** Before these no version ran anywhere. */
const first = new Set(['0001_foundation.sql', '0002_delivery.sql']);
const later = readdirSync(folder).filter((name) => name.endsWith('.sql') && !first.has(name));

it.each(later)('%s only adds: the version before runs on beside it', (name) => {
  expect(faultsOf(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
});

it.each([
  ['alter table a drop column b;', 'drops what may be read'],
  ['drop table a', 'drops what may be read'],
  ['alter table a rename column b to c', 'renames what may be read'],
  ['alter table a.b rename to c; create table a.d (n int)', 'renames what may be read'],
  [
    'create function f() returns int as $$ select 1 $$; drop table a; select $$ x $$',
    'drops what may be read',
  ],
  ["do $$ begin execute 'drop table a'; end $$", 'drops what may be read'],
  ['alter table a alter column b type bigint', 'changes a type'],
  ['alter table a alter column b set not null', 'asks for a value that nobody gives yet'],
  ['alter table a add column b int not null', 'adds a column that nobody fills yet'],
])('%s would not pass', (sql, fault) => {
  expect(faultsOf(sql)).toEqual([fault]);
});

it.each([
  'alter table a add column b int not null default 0',
  'alter table a add column b text not null generated always as (c) stored',
  'alter table a drop constraint a_check; alter table a add constraint a_check check (b > 0)',
  '-- drop table a',
  'alter table a.b rename to c; create table a.b (like a.c)',
  'create function f() returns void language plpgsql as $$ begin drop table a; end $$',
])('%s passes', (sql) => {
  expect(faultsOf(sql)).toEqual([]);
});
