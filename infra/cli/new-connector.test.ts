import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { discoverConnectors } from '#kit/discover.js';
import { packageRoot } from '#runtime/root.js';
import { newConnector, newConnectorCommand } from './new-connector.js';

let root: string;
beforeAll(async () => {
  // Inside the package, so that #kit resolves; hidden, so that compiler and discovery pass it by.
  root = await mkdtemp(join(packageRoot, 'infra/tests/.new-connector-'));
});
afterAll(() => rm(root, { recursive: true }));

/** Path, size and time of change of every file of a folder. */
const traces = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`);

const runJest = (pattern: string): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const options = [
      '--experimental-vm-modules',
      join(packageRoot, 'node_modules/jest/bin/jest.js'),
      ...['-c', join(packageRoot, 'infra/tooling/jest.config.mjs'), '--selectProjects', 'unit'],
      ...['--testPathPatterns', pattern, '--verbose', '--reporters', 'default'],
    ];
    execFile(
      process.execPath,
      options,
      { cwd: packageRoot, timeout: 50_000 },
      (error, stdout, stderr) => resolve({ code: error ? 1 : 0, output: `${stdout}${stderr}` }),
    );
  });

describe('lb-bus new connector', () => {
  it('makes a folder that discovery finds, and touches nothing else', async () => {
    const before = [
      ...traces(join(packageRoot, 'connectors')),
      ...traces(join(packageRoot, 'infra/cli')),
    ];
    const made = await newConnector('rode-loper', root);
    expect(made.every((file) => file.startsWith(join(root, 'rode-loper')))).toBe(true);
    expect(traces(root)).toHaveLength(made.length);
    const after = [
      ...traces(join(packageRoot, 'connectors')),
      ...traces(join(packageRoot, 'infra/cli')),
    ];
    expect(after).toEqual(before);
    const found = await discoverConnectors(root);
    expect(found.get('rode-loper')?.title).toBe('Rode loper');
  });

  it('makes a contract suite that runs and fails with a to-do list', async () => {
    const { code, output } = await runJest(`${root.split('/').at(-1) ?? ''}/rode-loper`);
    expect(code).toBe(1);
    expect(output).toContain('✓ each setting is described, and what holds a secret says so');
    expect(output).toContain('✕ each message becomes the request that is written down');
    for (const what of [
      'check: a read-only request',
      'toRequest: write',
      'where this sample comes from',
    ]) {
      expect(output).toContain(`To do: ${what}`);
    }
  }, 60_000);

  it.each(['Kit', 'kit', '../x', 'a--b', '1a', ''])('refuses %p as an id', async (id) => {
    await expect(newConnector(id, root)).rejects.toThrow(/is no id/);
  });

  it('refuses a folder that is there', async () => {
    await newConnector('tweemaal', root);
    await expect(newConnector('tweemaal', root)).rejects.toThrow(/is there already/);
  });

  it('is a command of the command line', () => {
    const program = new Command();
    newConnectorCommand(program);
    expect(program.commands.map((one) => one.commands.map((two) => two.name()))).toEqual([
      ['connector'],
    ]);
  });
});
