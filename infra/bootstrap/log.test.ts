import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { lastLines, readable } from './log.mjs';

const time = Date.parse('2026-01-05T08:12:00.250Z');

it('turns a record into a line for a person', () => {
  const err = { type: 'Error', message: 'connection refused' };
  expect(readable(JSON.stringify({ level: 60, time, msg: 'did not start', err }))).toBe(
    '08:12:00.250 fatal did not start Error: connection refused',
  );
});

it('leaves alone what is not a record', () => {
  for (const line of ['Error: boom', '{ not json', '{"other":1}'])
    expect(readable(line)).toBe(line);
});

it('gives the end of a log, and nothing where there is none', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lb-bus-log-')), 'gateway.log');
  writeFileSync(file, 'one\ntwo\nthree\n');
  expect(lastLines(file, 2)).toBe('two\nthree');
  expect(lastLines(`${file}.none`)).toBe('');
});
