import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child.mjs';
import { lastOf, runCommand } from './command.mjs';
import { freePort } from './ports.mjs';
import { SetupProblem } from './problem.mjs';
import { findProgram } from './programs.mjs';
import { brokerLogin } from './rabbitmq-node.mjs';
import { stages } from './running.mjs';

const image = 'docker.io/library/rabbitmq:4.2-management';
const answerMs = 5_000;

/**
 * The container engine that is installed and really answers; a client without its daemon does not count.
 * @returns {Promise<string | undefined>}
 */
export const findEngine = async () => {
  for (const name of ['docker', 'podman']) {
    const program = findProgram(name);
    if (program === undefined) continue;
    const { code } = await runCommand(program, ['info'], { timeoutMs: answerMs });
    if (code === 0) return program;
  }
  return undefined;
};

/**
 * @param {string} engine
 * @param {(text: string) => void} note
 */
const pull = async (engine, note) => {
  const present = await runCommand(engine, ['image', 'inspect', image]);
  if (present.code === 0) return;
  let layers = 0;
  note(`downloading ${image}`);
  const { code, output } = await runCommand(engine, ['pull', image], {
    onLine: (line) => {
      if (/Pull complete|Copying blob .* done/i.test(line))
        note(`downloading ${image}: ${(layers += 1)} layers`);
    },
  });
  if (code !== 0)
    throw new SetupProblem(
      `${engine} could not download ${image}.`,
      [
        'check the network of this machine',
        'install RabbitMQ (Debian: apt-get install rabbitmq-server)',
        'point AMQP_URL at a broker',
      ],
      { detail: lastOf(output) },
    );
};

/**
 * Starts RabbitMQ in a container whose ports are on loopback; its data stay in a volume named after the state folder.
 * @param {{ engine: string, state: import('./checkout.mjs').State, remembered: Record<string, number>,
 *   note: (text: string) => void }} wish
 */
export const startContainer = async ({ engine, state, remembered, note }) => {
  await pull(engine, note);
  mkdirSync(state.rabbitmq, { recursive: true });
  const login = brokerLogin(state.rabbitmq);
  const ports = {
    amqp: await freePort(remembered['amqp']),
    management: await freePort(remembered['management']),
  };
  const name = containerOf(state);
  await runCommand(engine, ['rm', '--force', name]);
  const child = await startChild({
    name: 'rabbitmq',
    runFolder: state.run,
    logFile: join(state.log, 'rabbitmq.log'),
    command: engine,
    args: [
      'run',
      '--rm',
      '--name',
      name,
      '--hostname',
      'lb-bus', // the data folder is named after the host
      '--publish',
      `127.0.0.1:${ports.amqp}:5672`,
      '--publish',
      `127.0.0.1:${ports.management}:15672`,
      '--volume',
      `${name}:/var/lib/rabbitmq`,
      '--env',
      'RABBITMQ_DEFAULT_USER',
      '--env',
      'RABBITMQ_DEFAULT_PASS', // values from our environment: not in ps
      image,
    ],
    env: {
      ...process.env,
      RABBITMQ_DEFAULT_USER: login.user,
      RABBITMQ_DEFAULT_PASS: login.password,
    },
    stage: stages.servers,
    signal: 'SIGTERM',
    patienceMs: 20_000,
    afterwards: [engine, 'rm', '--force', name],
  });
  return { child, ports, login };
};

/** @param {import('./checkout.mjs').State} state */
const containerOf = (state) => `lb-bus${state.folder.replaceAll(/[^a-zA-Z0-9_.-]/g, '-')}`;

/**
 * Removes the volume, if an engine that answers has one.
 * @param {import('./checkout.mjs').State} state
 */
export const removeContainerVolume = async (state) => {
  const engine = await findEngine();
  if (engine) await runCommand(engine, ['volume', 'rm', '--force', containerOf(state)]);
};
