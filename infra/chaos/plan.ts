import { behaviours, type Behaviour } from '#infra/load/behaviour.js';
import { randomFrom, type Random } from '#infra/load/random.js';
import { systemTargets, type SystemTarget } from '#infra/load/tenants.js';
import type { ChaosRole } from './ground.js';

/** What a line of the run can suffer: slowness, resets, bytes that vanish, an end on one side. */
export const lineTroubles = ['latency', 'reset', 'black-hole', 'half-close'] as const;
export type LineTrouble = (typeof lineTroubles)[number];

/** The lines between the processes and what they lean on. */
export const lineNames = [
  'gateway-broker',
  'delivery-broker',
  'monitoring-broker',
  'gateway-database',
  'delivery-database',
  'monitoring-database',
  'delivery-systems',
] as const;
export type LineName = (typeof lineNames)[number];

/** What is broken. Numbers count from 0. */
export type Breakage =
  | {
      readonly kind: 'kill-role' | 'freeze-role';
      readonly role: ChaosRole;
      readonly replica: number;
    }
  | { readonly kind: 'kill-database' | 'fill-database' | 'fill-attachments' | 'fill-broker' }
  | { readonly kind: 'kill-node' | 'part-node'; readonly node: number }
  | { readonly kind: 'line'; readonly line: LineName; readonly trouble: LineTrouble }
  | {
      readonly kind: 'system';
      readonly tenant: number;
      readonly target: SystemTarget;
      readonly behaviour: Behaviour;
    };

/** A breakage from `atMs` after the begin of the load, healed `forMs` later. */
export type Fault = Breakage & { readonly atMs: number; readonly forMs: number };

/** What the run has that can break. */
export interface Breakable {
  readonly minutes: number;
  readonly seed: number;
  readonly tenants: number;
  readonly nodes: number;
  readonly replicas: Readonly<Record<ChaosRole, number>>;
}

export interface Plan {
  /** Nothing breaks before. */
  readonly quietMs: number;
  readonly faults: readonly Fault[];
  /** The load ends; everything was healed some time before. */
  readonly endMs: number;
}

/** After the last fault the load goes on, so that it is seen to flow again. */
const healedMs = 15_000;
/** In each cycle only systems break at first, so that the others can be compared with the quiet time. */
const cycle = { systemsMs: 35_000, allMs: 85_000 };
const systemEveryMs = { least: 2_500, most: 6_500 };
const sharedEveryMs = { least: 3_000, most: 7_000 };

const minuteMs = 60_000;

/** A sixth of the time, at least 20 s and at most 2 minutes. */
const quietOf = (minutes: number): number =>
  Math.min(120_000, Math.max(20_000, Math.round((minutes * minuteMs) / 6)));

const roleOf = (random: Random, { replicas }: Breakable) => {
  const role = random.pick(['gateway', 'delivery', 'delivery', 'monitoring'] as const);
  return { role, replica: random.whole(0, replicas[role] - 1) };
};

type Make = (random: Random, breakable: Breakable) => Breakage & { readonly forMs: number };

const brief = (random: Random): number => random.whole(500, 3_000);

/** Each kind of shared fault with its weight and what it looks like. */
const sharedKinds: readonly (readonly [weight: number, make: Make])[] = [
  [6, (random, all) => ({ kind: 'kill-role', ...roleOf(random, all), forMs: brief(random) })],
  [
    4,
    (random, all) => ({
      kind: 'freeze-role',
      ...roleOf(random, all),
      forMs: random.whole(2_000, 14_000),
    }),
  ],
  [
    8,
    (random) => ({
      kind: 'line',
      line: random.pick(lineNames),
      trouble: random.pick(lineTroubles),
      forMs: random.whole(1_500, 8_000),
    }),
  ],
  [2, (random) => ({ kind: 'kill-database', forMs: brief(random) })],
  [
    2,
    (random, { nodes }) => ({
      kind: 'kill-node',
      node: random.whole(0, nodes - 1),
      forMs: brief(random),
    }),
  ],
  [1, (random) => ({ kind: 'fill-database', forMs: random.whole(2_000, 5_000) })],
  [1, (random) => ({ kind: 'fill-broker', forMs: random.whole(4_000, 8_000) })],
  [1, (random) => ({ kind: 'fill-attachments', forMs: random.whole(2_000, 6_000) })],
];

/** Only where there is a majority that goes on. */
const parting: (typeof sharedKinds)[number] = [
  2,
  (random, { nodes }) => ({
    kind: 'part-node',
    node: random.whole(0, nodes - 1),
    forMs: random.whole(4_000, 10_000),
  }),
];

const anyShared: Make = (random, breakable) => {
  const kinds = breakable.nodes >= 3 ? [...sharedKinds, parting] : sharedKinds;
  const bag = kinds.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));
  return random.pick(bag)(random, breakable);
};

/** Every kind comes once, in an order of chance, before chance alone decides. */
const firstRound = (random: Random, breakable: Breakable): Make[] => {
  const kinds = breakable.nodes >= 3 ? [...sharedKinds, parting] : [...sharedKinds];
  return kinds
    .map(([, make]) => ({ make, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ make }) => make);
};

const systemFault: Make = (random, { tenants }) => ({
  kind: 'system',
  tenant: random.whole(0, tenants - 1),
  target: random.pick(systemTargets),
  behaviour: random.pick(behaviours),
  forMs: random.whole(3_000, 15_000),
});

/** Two faults of the same thing never overlap: what they share, in words. */
export const thingOf = (fault: Breakage): string => {
  if (fault.kind === 'kill-role' || fault.kind === 'freeze-role')
    return `${fault.role}-${fault.replica}`;
  if (fault.kind === 'line') return fault.line;
  if (fault.kind === 'system') return `system ${fault.tenant} ${fault.target}`;
  if (fault.kind === 'kill-database' || fault.kind === 'fill-database') return 'database';
  return fault.kind === 'fill-attachments' ? 'attachments' : 'broker';
};

/** Everything but what is wrong with one system of one tenant concerns all tenants. */
export const isShared = ({ kind }: Breakage): boolean => kind !== 'system';

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly every: { readonly least: number; readonly most: number };
}

const faultsIn = (random: Random, span: Span, make: () => ReturnType<Make>): Fault[] => {
  const faults: Fault[] = [];
  const step = (): number => random.whole(span.every.least, span.every.most);
  for (let atMs = span.fromMs + step(); atMs < span.toMs; atMs += step())
    faults.push({ ...make(), atMs });
  return faults;
};

const withoutOverlaps = (faults: readonly Fault[], lastMs: number): Fault[] => {
  const freeFromMs = new Map<string, number>();
  return faults.filter((fault) => {
    const thing = thingOf(fault);
    const endMs = fault.atMs + fault.forMs;
    if (fault.atMs < (freeFromMs.get(thing) ?? 0) || endMs > lastMs) return false;
    freeFromMs.set(thing, endMs);
    return true;
  });
};

/** The faults of a run: the same for the same seed, minutes and parts. Each is healed before the end. */
export const planOf = (breakable: Breakable): Plan => {
  const random = randomFrom(breakable.seed);
  const endMs = breakable.minutes * minuteMs;
  const quietMs = quietOf(breakable.minutes);
  const lastMs = endMs - healedMs;
  const round = firstRound(random, breakable);
  const shared = (): ReturnType<Make> => (round.shift() ?? anyShared)(random, breakable);
  const faults: Fault[] = [];
  for (let fromMs = quietMs; fromMs < lastMs; fromMs += cycle.systemsMs + cycle.allMs) {
    const allMs = fromMs + cycle.systemsMs;
    const toMs = Math.min(lastMs, allMs + cycle.allMs);
    faults.push(
      ...faultsIn(random, { fromMs, toMs, every: systemEveryMs }, () =>
        systemFault(random, breakable),
      ),
      ...faultsIn(random, { fromMs: allMs, toMs, every: sharedEveryMs }, shared),
    );
  }
  const inOrder = faults.sort((one, other) => one.atMs - other.atMs);
  return { quietMs, faults: withoutOverlaps(inOrder, lastMs), endMs };
};

/** One fault as a person reads it. */
export const wordsOf = (fault: Breakage): string => {
  switch (fault.kind) {
    case 'kill-role':
      return `kill -9 ${thingOf(fault)}`;
    case 'freeze-role':
      return `freeze ${thingOf(fault)}`;
    case 'kill-node':
      return `kill -9 broker node ${fault.node}`;
    case 'part-node':
      return `part broker node ${fault.node} from the others`;
    case 'line':
      return `${fault.trouble} on ${fault.line}`;
    case 'system':
      return `${fault.behaviour} at ${fault.target} of tenant ${fault.tenant + 1}`;
    default:
      return {
        'kill-database': 'kill -9 PostgreSQL',
        'fill-database': 'disk of PostgreSQL full',
        'fill-broker': 'disk of the broker full',
        'fill-attachments': 'disk of the attachments full',
      }[fault.kind];
  }
};
