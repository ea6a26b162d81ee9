import type { Database } from '#runtime/database.js';
import type { Log } from '#runtime/log.js';
import type { Directory } from '#tenants/directory.js';
import type { Collector } from './collect/collector.js';
import type { PersonByToken } from './people/tokens.js';

/** What the controllers work with. */
export interface Parts {
  readonly database: Database;
  readonly directory: () => Directory;
  readonly collector: Pick<Collector, 'collect'>;
  /** Null where no operators are configured. */
  readonly operators: PersonByToken | null;
  readonly sandbox: boolean;
  /** Address of the gateway: the contexts that receivers read lie under it. */
  readonly publicUrl: string;
  readonly log: Log;
}

/** Token of `Parts` for Nest. */
export const PARTS = Symbol('parts of monitoring');
