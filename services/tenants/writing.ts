import type { Scoped } from '#runtime/database.js';
import type { Act } from './plan.js';
import type { DeploymentKeys, Possession } from './possession.js';

/** Where the changes of one tenant are written. */
export interface Writing {
  readonly trx: Scoped;
  readonly tenant: string;
  readonly keys: DeploymentKeys;
  /** Null while the tenant is being made: `put-tenant` comes first and makes its keys. */
  possession: Pick<Possession, 'bodyKeys' | 'secretKeys' | 'secrets'> | null;
}

/** Writes one kind of change. */
export type Writer<A extends Act['act']> = (
  act: Extract<Act, { act: A }>,
  writing: Writing,
) => Promise<unknown>;
