import type { Database } from '#runtime/database.js';
import { reaches, type Reach } from '../people/person.js';
import { hintOf, kinds, liveChannel, type Hint, type Kind } from './hint.js';

/** A hint of a kind and a tenant is told at most this often. */
const everyMs = 1_000;
/** Whoever reaches more tenants than this that changed together hears it once for all. */
const mostTenants = 20;

/** How a tenant is depends on what of it is held and parked: whoever looks may have seen what the next look at it does not. */
const withTenants = (hint: Hint): readonly Hint[] =>
  hint.kind === 'holds' || hint.kind === 'parked'
    ? [hint, { kind: 'tenants', tenant: hint.tenant }]
    : [hint];

/** Tells those who look what may have changed. */
export interface LiveHub {
  /** Calls back with hints within the reach. Returns the way to stop. */
  readonly follow: (reach: Reach, tell: (hints: readonly Hint[]) => void) => () => void;
  readonly close: () => Promise<void>;
}

const everything: readonly Hint[] = kinds.map((kind) => ({ kind, tenant: null }));

const keyOf = ({ kind, tenant }: Hint): string => `${kind} ${tenant ?? ''}`;

const reached = (hints: readonly Hint[], reach: Reach): Hint[] =>
  hints.filter(({ tenant }) => tenant === null || reaches({ tenants: reach }, tenant));

const byKind = (hints: readonly Hint[]): readonly (readonly [Kind, readonly Hint[]])[] =>
  kinds
    .map((kind) => [kind, hints.filter((hint) => hint.kind === kind)] as const)
    .filter(([, ofKind]) => ofKind.length > 0);

const gathered = (hints: readonly Hint[]): Hint[] =>
  byKind(hints).flatMap(([kind, ofKind]) =>
    ofKind.length > mostTenants ? [{ kind, tenant: null }] : ofKind,
  );

export interface LiveHubOptions {
  /** Channels on which it is told that something about tenants or their lines changed. */
  readonly ofTenants: readonly string[];
  /** Resolves once whoever asks for what is of the kind gets nothing any more that was read before this call. */
  readonly renewed: (kind: Kind) => Promise<void>;
}

/** Gathers what every process of the bus tells through PostgreSQL; after a lost connection everything may have changed. */
export const openLiveHub = (
  database: Pick<Database, 'listen'>,
  { ofTenants, renewed }: LiveHubOptions,
): LiveHub => {
  const followers = new Set<(hints: readonly Hint[]) => void>();
  let news = new Map<string, Hint>();
  /** Told once more: who asked at once may have got what was read just before. */
  let echo = new Map<string, Hint>();
  let timer: NodeJS.Timeout | undefined;
  let toldAtMs = -Infinity;
  const flush = (): void => {
    timer = undefined;
    toldAtMs = performance.now();
    const fresh = news;
    const hints = [...new Map([...echo, ...fresh]).values()];
    news = new Map();
    echo = new Map();
    for (const follower of followers) follower(hints);
    for (const [kind, told] of byKind([...fresh.values()])) void tellAgain(kind, told);
  };
  const plan = (): void => {
    timer ??= setTimeout(flush, Math.max(0, toldAtMs + everyMs - performance.now()));
  };
  const tellAgain = async (kind: Kind, told: readonly Hint[]): Promise<void> => {
    // Who asks again while PostgreSQL does not answer is told so.
    await renewed(kind).catch(() => undefined);
    if (followers.size === 0) return;
    for (const hint of told) echo.set(keyOf(hint), hint);
    plan();
  };
  const gather = (hints: readonly Hint[]): void => {
    if (followers.size === 0) return;
    for (const hint of hints) news.set(keyOf(hint), hint);
    plan();
  };
  const stops = [
    database.listen(liveChannel, (text) => {
      const hint = hintOf(text);
      gather(hint ? withTenants(hint) : everything);
    }),
    ...ofTenants.map((channel) =>
      database.listen(channel, () => gather([{ kind: 'tenants', tenant: null }])),
    ),
  ];
  return {
    follow: (reach, tell) => {
      const follower = (hints: readonly Hint[]): void => {
        const mine = gathered(reached(hints, reach));
        if (mine.length > 0) tell(mine);
      };
      followers.add(follower);
      return () => followers.delete(follower);
    },
    close: async () => {
      clearTimeout(timer);
      followers.clear();
      await Promise.all(stops.map((stop) => stop()));
    },
  };
};
