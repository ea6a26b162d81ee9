import type { Systems } from '#infra/load/systems.js';
import type { LoadTenant } from '#infra/load/tenants.js';
import type { Ground, Space } from './ground.js';
import type { Line } from './line.js';
import type { Breakage, LineName } from './plan.js';
import type { Replica } from './replica.js';

/** What can be broken, at hand. */
export interface Scene {
  readonly ground: Ground;
  readonly lines: Readonly<Record<LineName, Line>>;
  /** By `role-number`. */
  readonly replicas: ReadonlyMap<string, Replica>;
  readonly systems: Systems;
  readonly tenants: readonly LoadTenant[];
}

/** The way to break a thing, and to heal it: whole again when that resolves. */
export interface Way {
  readonly breaks: () => Promise<void> | void;
  readonly heals: () => Promise<void> | void;
}

type Of<K extends Breakage['kind']> = Extract<Breakage, { kind: K }>;

/** Of the broker's disk, below the 50 MB at which it takes no more messages. */
const leftToBrokerMb = 25;
const readyMs = 120_000;

const replicaOf = ({ replicas }: Scene, { role, replica }: Of<'kill-role' | 'freeze-role'>) => {
  const found = replicas.get(`${role}-${replica}`);
  if (!found) throw new Error(`there is no ${role}-${replica}`);
  return found;
};

const tenantAt = ({ tenants }: Scene, index: number): string => {
  const tenant = tenants[index];
  if (!tenant) throw new Error(`there is no tenant ${index}`);
  return tenant.id;
};

const filling = (space: Space | null, leaveMb: number): Way => ({
  breaks: () => space?.fill(leaveMb),
  heals: () => space?.free(),
});

const ways: { readonly [K in Breakage['kind']]: (scene: Scene, fault: Of<K>) => Way } = {
  'kill-role': (scene, fault) => {
    const replica = replicaOf(scene, fault);
    return {
      breaks: () => replica.kill(),
      heals: async () => {
        await replica.begin();
        // Where something else is broken too it may not come up before that is healed: then it is not waited for.
        await replica.untilReady(10_000).catch(() => undefined);
      },
    };
  },
  'freeze-role': (scene, fault) => {
    const replica = replicaOf(scene, fault);
    return { breaks: () => replica.freeze(), heals: () => replica.thaw() };
  },
  'kill-database': ({ ground: { database } }) => ({
    breaks: () => database.kill(),
    heals: () => database.start(),
  }),
  'fill-database': ({ ground: { database, spaces } }) => ({
    breaks: () => spaces.database?.fill(0),
    heals: async () => {
      await spaces.database?.free();
      // A full disk ends PostgreSQL where it cannot write ahead; whoever makes room starts it again.
      await database.start();
    },
  }),
  'fill-broker': ({ ground: { broker, spaces } }) =>
    spaces.broker
      ? filling(spaces.broker, leftToBrokerMb)
      : { breaks: () => broker.alarm(0), heals: () => broker.calm(0) },
  'fill-attachments': ({ ground: { spaces } }) => filling(spaces.attachments, 0),
  'kill-node': ({ ground: { broker } }, { node }) => ({
    breaks: () => broker.kill(node),
    heals: () => broker.start(node),
  }),
  'part-node': ({ ground: { broker } }, { node }) => ({
    breaks: () => broker.part(node),
    heals: async () => {
      await broker.rejoin(node);
      await broker.start(node);
    },
  }),
  line: ({ lines }, { line, trouble }) => ({
    breaks: () => lines[line].spoil(trouble),
    heals: () => lines[line].mend(),
  }),
  system: (scene, { tenant, target, behaviour }) => ({
    breaks: () => scene.systems.behave(tenantAt(scene, tenant), target, behaviour),
    heals: () => scene.systems.behave(tenantAt(scene, tenant), target, null),
  }),
};

/** False where this machine lets nobody mount the disk that was to be filled; the broker has its alarm instead. */
export const canBreak = ({ ground: { spaces } }: Scene, { kind }: Breakage): boolean => {
  if (kind === 'fill-database') return spaces.database !== null;
  return kind !== 'fill-attachments' || spaces.attachments !== null;
};

/** How this fault is brought about and healed. */
export const wayOf = (scene: Scene, fault: Breakage): Way =>
  (ways[fault.kind] as (scene: Scene, fault: Breakage) => Way)(scene, fault);

/** Every process is there and ready. Throws where one does not come. */
export const untilWhole = async ({ replicas }: Scene): Promise<void> => {
  await Promise.all([...replicas.values()].map((replica) => replica.untilReady(readyMs)));
};
