import { lastOf, runCommand } from './command.mjs';
import { SetupProblem } from './problem.mjs';
import { findProgram } from './programs.mjs';
import { findRabbitmq } from './rabbitmq-node.mjs';

const systemPolicy = '/usr/sbin/policy-rc.d';

/**
 * What this project may install from Debian.
 * @typedef {object} Part
 * @property {readonly string[]} packages
 * @property {() => string | undefined} find the program that shows that they are there
 * @property {readonly string[]} units the services that they bring, which are not to run
 * @property {readonly string[]} otherwise what to do where they cannot be installed
 */

/** @satisfies {Record<string, Part>} */
export const parts = {
  rabbitmq: {
    packages: ['rabbitmq-server'],
    find: findRabbitmq,
    units: ['rabbitmq-server.service', 'epmd.socket', 'epmd.service'],
    otherwise: [
      'point AMQP_URL at a broker: AMQP_URL=amqp://user:password@host npm start',
      'start a container engine (docker or podman)',
    ],
  },
  prometheus: {
    packages: ['prometheus', 'prometheus-alertmanager'],
    find: () => findProgram('promtool'),
    units: ['prometheus.service', 'prometheus-alertmanager.service'],
    otherwise: [],
  },
  xml: {
    packages: ['libxml2-utils', 'xmlsec1'],
    find: () => findProgram('xmllint') && findProgram('xmlsec1'),
    units: [],
    otherwise: [],
  },
  chromium: {
    packages: ['chromium'],
    find: () => findProgram('chromium'),
    units: [],
    otherwise: ['name one that is there: LBBUS_CHROMIUM=/path/to/chrome npm test'],
  },
};

/**
 * How to run a command as root here without asking for a password; undefined where there is no way.
 * @returns {Promise<readonly string[] | undefined>}
 */
export const rootPrefix = async () => {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram('sudo');
  if (sudo === undefined) return undefined;
  return (await runCommand(sudo, ['-n', 'true'])).code === 0 ? [sudo, '-n'] : undefined;
};

/** Whether this system installs packages with apt-get. */
export const hasApt = () => findProgram('apt-get') !== undefined;

/**
 * Shell text that installs without the package's services being started, now or at the next boot. Debian asks
 * `policy` before it starts a service; one that was there before is put back, whatever happens.
 * @param {Pick<Part, 'packages' | 'units'>} part
 * @param {string} policy
 */
export const installScript = ({ packages, units }, policy) => {
  const saved = `${policy}.before-lb-bus`;
  const apt = 'apt-get -q -o APT::Status-Fd=1 -o DPkg::Lock::Timeout=120';
  return [
    'set -e',
    'export DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/sbin:/sbin"',
    `restore() { rm -f ${policy}; if [ -e ${saved} ]; then mv ${saved} ${policy}; fi; }`,
    'trap restore EXIT',
    "trap 'exit 130' INT TERM HUP",
    `if [ -e ${policy} ] && [ ! -e ${saved} ]; then mv ${policy} ${saved}; fi`,
    `printf '#!/bin/sh\\nexit 101\\n' > ${policy}`,
    `chmod 755 ${policy}`,
    `${apt} update`,
    `${apt} -y --no-install-recommends install ${packages.join(' ')}`,
    ...(units.length > 0
      ? [
          `if command -v systemctl >/dev/null; then systemctl disable ${units.join(' ')} || true; fi`,
        ]
      : []),
  ].join('\n');
};

/**
 * "dlstatus:3:42.1:Retrieving file 3 of 26" and "pmstatus:erlang-base:60.5:Unpacking erlang-base", in words.
 * @param {string} line
 */
export const aptProgress = (line) => {
  const [kind, , percent, text] = line.split(':');
  if (kind !== 'dlstatus' && kind !== 'pmstatus') return undefined;
  return `${kind === 'dlstatus' ? 'downloading' : 'installing'}, ${Math.round(Number(percent))} %: ${text?.trim() ?? ''}`;
};

/**
 * Installs the packages of a part.
 * @param {Part} part
 * @param {{ prefix: readonly string[], note: (text: string) => void, signal?: AbortSignal }} how
 */
export const installPart = async (part, { prefix, note, signal }) => {
  const named = part.packages.join(' and ');
  note(`installing ${named} with apt-get`);
  const whole = [...prefix, 'sh', '-c', installScript(part, systemPolicy)];
  const { code, output } = await runCommand(whole[0] ?? 'sh', whole.slice(1), {
    onLine: (line) => {
      const progress = aptProgress(line);
      if (progress) note(progress);
    },
    ...(signal && { signal }),
  });
  if (code === 0) return;
  const said = output
    .split('\n')
    .filter((line) => !aptProgress(line))
    .join('\n');
  throw new SetupProblem(
    `apt-get could not install ${named}.`,
    ['put right what apt-get says above and try again', ...part.otherwise],
    { detail: lastOf(said) },
  );
};

/**
 * Installs, one after the other, what is not there, where that may be done; what stays missing is said by whoever needs it.
 * @param {readonly Part[]} wanted
 * @param {{ note: (text: string) => void, signal?: AbortSignal }} how
 */
export const installMissing = async (wanted, how) => {
  const missing = wanted.filter((part) => part.find() === undefined);
  const prefix = missing.length > 0 && hasApt() ? await rootPrefix() : undefined;
  if (prefix) for (const part of missing) await installPart(part, { ...how, prefix });
};
