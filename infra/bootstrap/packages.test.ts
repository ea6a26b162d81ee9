import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { runCommand } from './command.mjs';
import { aptProgress, installScript, parts, type Part } from './packages.mjs';

/** A folder of programs where apt-get notes what Debian would be told about starting services. */
const machine = (exitCode: number, part: Part = parts.rabbitmq) => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-apt-'));
  const policy = join(folder, 'policy-rc.d');
  const calls = join(folder, 'calls');
  const program = (name: string, script: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  program(
    'apt-get',
    `for word; do last=$word; done; code=0; ${policy} || code=$?; echo "$last $code" >> ${calls}
     case $last in ${String(part.packages.at(-1))}) exit ${exitCode};; esac`,
  );
  program('systemctl', `echo "$*" >> ${calls}`);
  const install = () =>
    runCommand('sh', ['-c', installScript(part, policy)], {
      env: { PATH: `${folder}:${String(process.env['PATH'])}` },
    });
  const called = (): string[] => readFileSync(calls, 'utf8').trim().split('\n');
  return { policy, install, called };
};

it('forbids services to start while it installs, and keeps them off at the next boot', async () => {
  const { policy, install, called } = machine(0);
  expect(await install()).toMatchObject({ code: 0 });
  expect(called()).toEqual([
    'update 101',
    'rabbitmq-server 101',
    'disable rabbitmq-server.service epmd.socket epmd.service',
  ]);
  expect(existsSync(policy)).toBe(false);
});

it('installs several packages at once, and stops none where they bring no service', async () => {
  const part = { ...parts.prometheus, units: [] };
  const { install, called } = machine(0, part);
  expect(await install()).toMatchObject({ code: 0 });
  expect(called()).toEqual(['update 101', 'prometheus-alertmanager 101']);
});

it('puts back the policy that was there, also when the installation fails', async () => {
  const { policy, install, called } = machine(100);
  writeFileSync(policy, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  expect(await install()).toMatchObject({ code: 100 });
  expect(called()).toEqual(['update 101', 'rabbitmq-server 101']);
  expect(readFileSync(policy, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
});

it('reads the progress of apt', () => {
  expect(aptProgress('dlstatus:3:42.1:Retrieving file 3 of 26')).toBe(
    'downloading, 42 %: Retrieving file 3 of 26',
  );
  expect(aptProgress('pmstatus:erlang-base:60.5:Unpacking erlang-base (amd64)')).toBe(
    'installing, 61 %: Unpacking erlang-base (amd64)',
  );
  expect(aptProgress('Reading package lists...')).toBeUndefined();
});
