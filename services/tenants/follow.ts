import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '#runtime/database-unavailable.js';
import type { Database } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import type { Log } from '#runtime/log.js';
import { untilMigrated } from '#runtime/schema.js';
import { buildDirectory } from './build-directory.js';
import type { Directory, DirectoryFollower } from './directory.js';
import { readSnapshot, writeSnapshot } from './snapshot.js';
import { readRevision, readStored, type Stored } from './stored.js';

const pollMs = 1_000;
/** Told whenever a declaration was applied. */
export const tenantsChannel = 'lbbus_tenants';

export interface FollowOptions {
  readonly database: Database;
  /** Opens the data keys of the tenants. */
  readonly bodyKek: KeyRing;
  /** Where the last known tenants lie for a start while PostgreSQL is away. */
  readonly snapshotFile: string;
  readonly log: Log;
}

type Listener = (now: Directory, before: Directory) => void;

const codeOf = (error: unknown): unknown =>
  error instanceof Error ? (Reflect.get(error, 'code') ?? error.message) : error;

const read = ({ database }: FollowOptions): Promise<Stored> => database.scoped('*', readStored);

const build = ({ bodyKek, log }: FollowOptions, stored: Stored): Directory => {
  const { directory, unreadable } = buildDirectory(stored, bodyKek);
  for (const { tenant, reason } of unreadable)
    log.error({ tenant, reason }, 'a tenant cannot be read and is left out');
  return directory;
};

const keep = async ({ snapshotFile, log }: FollowOptions, stored: Stored): Promise<void> => {
  try {
    await writeSnapshot(snapshotFile, stored);
  } catch (error) {
    log.warn({ code: codeOf(error), snapshotFile }, 'the snapshot of the tenants was not written');
  }
};

/** For `/health/ready` of a process that `followDirectory` lets wait. */
export const waitingForTenants = (database: Pick<Database, 'problem'>): string =>
  `waiting for the tenants: ${database.problem() ?? 'they are being read'}`;

/** From PostgreSQL, else from the snapshot, else waits until PostgreSQL answers. */
const readFirst = async (options: FollowOptions): Promise<Stored> => {
  for (let told = false; ; told = true) {
    try {
      const stored = await read(options);
      await keep(options, stored);
      return stored;
    } catch (error) {
      const stored = await readSnapshot(options.snapshotFile);
      const facts = { code: codeOf(error), revision: stored?.revision };
      if (stored) {
        options.log.warn(facts, 'tenants taken from the snapshot: PostgreSQL does not give them');
        return stored;
      }
      if (!told)
        options.log.warn(
          facts,
          'waiting for the tenants: PostgreSQL does not give them, and there is no snapshot',
        );
      await pause(pollMs);
    }
  }
};

/** What is current and who wants to know of the next. */
const createView = (first: Directory, log: Log) => {
  const listeners = new Set<Listener>();
  let current = first;
  return {
    current: () => current,
    onChange: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    replace: (next: Directory): void => {
      const before = current;
      current = next;
      log.info({ revision: next.revision, tenants: next.tenants.size }, 'tenants changed');
      for (const listener of listeners) {
        try {
          listener(next, before);
        } catch (error) {
          log.error({ err: error }, 'a listener failed on a change of the tenants');
        }
      }
    },
  };
};

/** Runs `work` one at a time; asked during a run it runs once more, as the news came after it had looked. */
const oneAtATime = (work: () => Promise<void>) => {
  const state = { asked: false, running: Promise.resolve(), busy: false };
  const run = async (): Promise<void> => {
    while (state.asked) {
      state.asked = false;
      await work();
    }
    state.busy = false;
  };
  return {
    ask: (): void => {
      state.asked = true;
      if (state.busy) return;
      state.busy = true;
      state.running = run();
    },
    settled: () => state.running,
  };
};

/**
 * Follows the tenant tables: told by PostgreSQL at once, asked each second where that telling was lost. Serves the last
 * known tenants while PostgreSQL is away, also over a restart. Rejects never; waits where there is nothing to serve.
 */
export const followDirectory = async (options: FollowOptions): Promise<DirectoryFollower> => {
  const { database, log } = options;
  await untilMigrated(database, log);
  const view = createView(build(options, await readFirst(options)), log);
  let told = false;

  const looking = oneAtATime(async () => {
    try {
      const revision = await database.scoped('*', readRevision);
      if (revision !== view.current().revision) {
        const stored = await read(options);
        await keep(options, stored);
        view.replace(build(options, stored));
      }
      if (told) log.info({ revision }, 'the tenants can be read again');
      told = false;
    } catch (error) {
      // That PostgreSQL is away is told once, by the database.
      if (told || error instanceof DatabaseUnavailable) return;
      log.warn({ code: codeOf(error) }, 'tenants kept as they were last known');
      told = true;
    }
  });
  const timer = setInterval(looking.ask, pollMs);
  const deafen = database.listen(tenantsChannel, looking.ask);
  return {
    current: view.current,
    onChange: view.onChange,
    close: async () => {
      clearInterval(timer);
      await deafen();
      await looking.settled();
    },
  };
};
