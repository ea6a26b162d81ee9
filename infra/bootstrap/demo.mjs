import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { root } from './checkout.mjs';
import { commandEnvironment, withForeign } from './roles.mjs';

/**
 * Sends the demo meldingen and tells what became of them; answers the exit code.
 * @param {import('./stack.mjs').Start} start
 * @param {import('./roles.mjs').Deployment} deployment
 * @param {boolean} inviting whether to end with a call to try, which only works while everything stays up
 * @returns {Promise<number>}
 */
export const runDemo = ({ ports, signal }, deployment, inviting) =>
  new Promise((resolve) => {
    const demo = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        join(root, 'dist/infra/proeftuin/demo.js'),
        ...(inviting ? [] : ['--without-invitation']),
      ],
      {
        cwd: root,
        env: withForeign({
          ...commandEnvironment(deployment),
          LBBUS_MONITORING_URL: `http://127.0.0.1:${ports.monitoring}`,
        }),
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
      },
    );
    signal.addEventListener('abort', () => demo.kill('SIGKILL'));
    demo.once('error', () => resolve(1));
    demo.once('exit', (code) => resolve(code ?? 1));
  });

/**
 * Where everything listens, for a person.
 * @param {import('./stack.mjs').Start} start
 */
export const printAddresses = ({ state, steps, ports }) => {
  const folder = relative(process.cwd(), state.log) || state.log;
  const rows = [
    ['gateway', `http://127.0.0.1:${ports.gateway}`, 'API, documentation at /docs'],
    ['monitoring', `http://127.0.0.1:${ports.monitoring}`, 'console: sign in and look'],
    ['proeftuin', `http://127.0.0.1:${ports.proeftuin}`, 'simulators, identity provider'],
    ['logs', folder, 'one file per process'],
  ];
  steps.print('');
  for (const [name = '', address = '', what = ''] of rows)
    steps.print(
      `  ${steps.paint(1, name.padEnd(12))} ${address.padEnd(26)} ${steps.paint(2, what)}`,
    );
};
