import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { SetupProblem } from './problem.mjs';

// Below the range from which the system takes ports for outgoing connections (32768 and up on Linux).
const lowest = 20_000;
const highest = 32_767;

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
export const isFree = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/**
 * The remembered port where it is still free, else another. Two callers at once practically never get the same.
 * @param {number} [remembered]
 */
export const freePort = async (remembered) => {
  if (remembered !== undefined && (await isFree(remembered))) return remembered;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
  throw new SetupProblem(
    `No free port found between ${lowest} and ${highest}.`,
    'stop programs that listen there (ss -ltnp)',
  );
};

/** @param {number} port */
const listeningSocket = (port) => {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local = '', , status, , , , , , inode] = line.trim().split(/\s+/);
      if (status === '0A' && local.endsWith(`:${wanted}`)) return `socket:[${inode}]`;
    }
  }
  return undefined;
};

/**
 * @param {string} pid
 * @param {string} socket
 */
const holds = (pid, socket) => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === socket;
      } catch {
        return false;
      }
    });
  } catch {
    return false; // another user's process, or gone meanwhile
  }
};

/**
 * Who listens on a port, in words for an error; undefined where the system does not tell.
 * @param {number} port
 */
export const portHolder = (port) => {
  try {
    const socket = listeningSocket(port);
    if (socket === undefined) return undefined;
    const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holds(name, socket));
    if (pid === undefined) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return `${command.slice(0, 80)} (process ${pid})`;
  } catch {
    return undefined;
  }
};

/**
 * Throws where a port that people know by number is taken, naming who holds it and the variable that chooses another.
 * @param {{ port: number, variable: string, what: string, host?: string }} wanted
 */
export const requirePort = async ({ port, variable, what, host }) => {
  if (await isFree(port, host)) return;
  const holder = portHolder(port);
  throw new SetupProblem(
    `Port ${port}, which ${what} needs, is in use${holder ? ` by ${holder}` : ''}.`,
    ['stop what uses it', `choose another port: ${variable}=${await freePort()} npm start`],
  );
};

/**
 * A port of the environment, or its default.
 * @param {string} variable
 * @param {number} otherwise
 */
export const chosenPort = (variable, otherwise) => {
  const text = process.env[variable];
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupProblem(
    `${variable}=${text} is not a port.`,
    `give a whole number from 1 to 65535`,
  );
};
