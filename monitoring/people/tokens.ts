import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Person } from './person.js';
import { isRole, needsTenants, roles, type Role } from './rights.js';

/** Who holds a bearer token; null where nobody does. */
export type PersonByToken = (token: string) => Person | null;

/** What a line of the file looks like, in words. */
export const tokenLine =
  '<name>:<SHA-256 of the token in hex>[:<role>[,<role>]][@<tenant>[,<tenant>]]';

const shape =
  /^([a-z][a-z0-9.-]{0,63}):([0-9a-f]{64})(?::([a-z-]+(?:,[a-z-]+)*))?(?:@([a-z][a-z0-9-]{1,39}(?:,[a-z][a-z0-9-]{1,39})*))?$/;

/** Reading bodies and the register is part of what an operator with a token is trusted with where no role is named. */
const usual: readonly Role[] = ['operator', 'privacy-officer'];

const rolesOf = (text: string | undefined, tenants: string | undefined): readonly Role[] => {
  if (text === undefined) return usual;
  const named = text.split(',').map((role) => {
    if (!isRole(role)) throw new Error(`names the role "${role}": give ${roles.join(', ')}`);
    return role;
  });
  const bound = named.find(needsTenants);
  if (bound !== undefined && tenants === undefined)
    throw new Error(`gives ${bound} without tenants: end it with @<tenant>`);
  return named;
};

const personOf = (text: string): readonly [string, Person] => {
  const [, name, digest, named, tenants] = shape.exec(text) ?? [];
  if (name === undefined || digest === undefined) throw new Error(`is not "${tokenLine}"`);
  const reach = tenants === undefined ? null : new Set(tenants.split(','));
  return [digest, { name, roles: rolesOf(named, tenants), tenants: reach }];
};

const read = (file: string): ReadonlyMap<string, Person> => {
  const people = new Map<string, Person>();
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [index, text] of lines.entries()) {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    try {
      people.set(...personOf(trimmed));
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(`${file}: line ${index + 1} ${words}`, { cause: error });
    }
  }
  return people;
};

/**
 * People by the file that `LBBUS_OPERATOR_TOKENS_FILE` names, one of `tokenLine` per line; a changed file counts from the
 * next request on. Throws where the file cannot be read.
 */
export const openOperators = (file: string): PersonByToken => {
  let readAtMs = statSync(file).mtimeMs;
  let people = read(file);
  return (token) => {
    const { mtimeMs } = statSync(file);
    if (mtimeMs !== readAtMs) {
      people = read(file);
      readAtMs = mtimeMs;
    }
    return people.get(createHash('sha256').update(token).digest('hex')) ?? null;
  };
};
