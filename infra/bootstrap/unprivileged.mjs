import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { root } from './checkout.mjs';
import { SetupProblem } from './problem.mjs';

/**
 * A login that is not root, under which PostgreSQL runs when we are root.
 * @typedef {{ name: string, uid: number, gid: number }} Login
 */

/** @returns {Login[]} */
const logins = () =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));

/**
 * Undefined where we are not root. Else the owner of the checkout, or the login "postgres", or "nobody".
 * @returns {Login | undefined}
 */
export const unprivilegedLogin = () => {
  if (process.getuid?.() !== 0) return undefined;
  const known = logins();
  const owner = statSync(root).uid;
  const login =
    known.find(({ uid }) => uid === owner && uid !== 0) ??
    known.find(({ name }) => name === 'postgres') ??
    known.find(({ name }) => name === 'nobody');
  if (login) return login;
  throw new SetupProblem(
    'PostgreSQL refuses to run as root, and /etc/passwd has no login "nobody".',
    [
      'run the command as an ordinary user',
      'add a login: useradd --system postgres',
      'use a PostgreSQL of your own: DATABASE_URL=postgres://user:password@host/database npm start',
    ],
  );
};

/**
 * Whether `login` may walk down to `path`: each folder above must let it through.
 * @param {string} path
 * @param {Login} login
 * @returns {boolean}
 */
export const canReach = (path, { name, uid, gid }) => {
  const parent = dirname(path);
  if (parent === path) return true;
  const { mode, uid: owner, gid: group } = statSync(parent);
  const through = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return (mode & through) !== 0 && canReach(parent, { name, uid, gid });
};

/**
 * A folder outside the checkout that every login can walk to, always the same for the same `path`.
 * @param {string} path
 */
export const reachableFolder = (path) =>
  `/var/lib/lb-bus/${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;

/**
 * Makes a folder that everybody may walk through, whatever the umask.
 * @param {string} folder
 */
export const makePassable = (folder) => {
  if (existsSync(folder)) return;
  makePassable(dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
};

/**
 * Makes a folder that belongs to `login` alone, and to us where there is none.
 * @param {string} folder
 * @param {Login | undefined} login
 */
export const makePrivate = (folder, login) => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (login) chownSync(folder, login.uid, login.gid);
};
