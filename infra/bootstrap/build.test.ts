import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { digestOfSources, sources, sweep } from './build.mjs';

const write = (folder: string, files: readonly string[]): void => {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
};

const checkout = (...files: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-build-'));
  write(folder, files);
  return folder;
};

it('builds neither tests nor what stands beside the program', () => {
  const folder = checkout(
    'gateway/main.ts',
    'gateway/main.test.ts',
    'gateway/door.real.test.ts',
    'gateway/types.d.ts',
    'infra/testing/until.ts',
    'infra/start.mjs',
    'monitoring/console/app.ts',
    'docs/example.ts',
  );
  expect(sources(folder)).toEqual(['gateway/main.ts']);
});

it('is stale after a change of a source or of a setting, not after a change of a test', () => {
  const folder = checkout('gateway/main.ts', 'gateway/main.test.ts', 'tsconfig.json');
  const before = digestOfSources(folder);
  writeFileSync(join(folder, 'gateway/main.test.ts'), 'other');
  expect(digestOfSources(folder)).toBe(before);
  writeFileSync(join(folder, 'tsconfig.json'), 'other');
  const afterSetting = digestOfSources(folder);
  expect(afterSetting).not.toBe(before);
  writeFileSync(join(folder, 'gateway/main.ts'), 'other');
  expect(digestOfSources(folder)).not.toBe(afterSetting);
});

it('is stale after a source was moved, though the bytes are the same', () => {
  const folder = checkout('gateway/a.ts');
  const moved = checkout('gateway/b.ts');
  writeFileSync(join(moved, 'gateway/b.ts'), 'gateway/a.ts');
  expect(digestOfSources(moved)).not.toBe(digestOfSources(folder));
});

it('takes out of dist what has no source any more, and the folders that then are empty', () => {
  const folder = checkout('connectors/topdesk/topdesk.connector.ts');
  write(folder, [
    'dist/connectors/topdesk/topdesk.connector.js',
    'dist/connectors/topdesk/topdesk.connector.js.map',
    'dist/connectors/gone/gone.connector.js',
    'dist/connectors/gone/gone.connector.js.map',
    'dist/.tsbuildinfo',
  ]);
  expect(sweep(folder).sort()).toEqual([
    'connectors/gone/gone.connector.js',
    'connectors/gone/gone.connector.js.map',
  ]);
  expect(existsSync(join(folder, 'dist/connectors/gone'))).toBe(false);
  expect(existsSync(join(folder, 'dist/connectors/topdesk/topdesk.connector.js.map'))).toBe(true);
  expect(existsSync(join(folder, 'dist/.tsbuildinfo'))).toBe(true);
});
