import {
  grouped,
  keyOf,
  type Act,
  type Kept,
  type Ledgers,
  type Sent,
  type Standing,
} from './ledger.js';

/** The states in which a message may end at a target. */
const ends = new Set(['delivered', 'parked', 'expired', 'discarded']);

interface Index {
  readonly sent: ReadonlyMap<string, Sent>;
  readonly kept: ReadonlyMap<string, Kept>;
  /** By tenant, id on the bus and target. */
  readonly acts: ReadonlyMap<string, readonly Act[]>;
  /** By tenant and the id of the message that caused them. */
  readonly derived: ReadonlyMap<string, readonly Kept[]>;
}

const nameOf = ({ tenant, senderId }: Pick<Sent, 'tenant' | 'senderId'>): string =>
  `${tenant} ${senderId}`;

const bySender = (message: Sent | Kept): string =>
  keyOf(message.tenant, message.source, message.senderId);

const indexOf = ({ sent, kept, acts }: Ledgers): Index => ({
  sent: new Map(sent.map((one) => [bySender(one), one])),
  kept: new Map(kept.map((one) => [keyOf(one.tenant, one.id), one])),
  acts: grouped(acts, ({ tenant, message, target }) => keyOf(tenant, message, target)),
  derived: grouped(
    kept.filter(({ causationId }) => causationId !== null),
    ({ tenant, causationId }) => keyOf(tenant, causationId ?? ''),
  ),
});

const actsOf = (index: Index, { tenant, id }: Kept, target: string): readonly Act[] =>
  index.acts.get(keyOf(tenant, id, target)) ?? [];

interface Expected {
  readonly name: string;
  readonly targets: readonly string[];
  readonly parks: Readonly<Record<string, string>>;
}

/** What the systems did at a target against what the bus wrote, of a message that had to be delivered. */
const deliveredOnce = (where: string, { status, code }: Standing, acts: number): string[] => {
  if (status !== 'delivered') return [`wrongly parked: ${where}: ${status} (${code ?? ''})`];
  if (acts === 0) return [`lost: ${where}: delivered for the bus, but the system has not acted`];
  return acts === 1 ? [] : [`doubled: ${where}: the system has acted ${acts} times`];
};

const parkedAs = (where: string, { status, code }: Standing, acts: number, as: string): string[] =>
  status === 'parked' && code === as && acts === 0
    ? []
    : [`wrongly ended: ${where}: ${status} (${code ?? ''}), ${acts} acts, not parked ${as}`];

/** How a message ended at one target, against how it had to. */
const atTarget = (index: Index, kept: Kept, target: string, expected: Expected): string[] => {
  const where = `${expected.name} at ${target}`;
  const standing = kept.standings.find((one) => one.target === target);
  if (!standing) return [`lost: ${where}: the bus has not written what became of it`];
  const acts = actsOf(index, kept, target).length;
  if (!ends.has(standing.status))
    return [`not ended: ${where}: it is still ${standing.status} (${standing.code ?? ''})`];
  const as = expected.parks[target];
  return as === undefined
    ? deliveredOnce(where, standing, acts)
    : parkedAs(where, standing, acts, as);
};

const atAllTargets = (index: Index, kept: Kept, expected: Expected): string[] => [
  ...expected.targets.flatMap((target) => atTarget(index, kept, target, expected)),
  ...kept.standings
    .filter(({ target }) => !expected.targets.includes(target))
    .map(({ target }) => `astray: ${expected.name} went to ${target}, where no route leads`),
];

/** Of an application's own message. */
const ofSent = (index: Index, sent: Sent): string[] => {
  const { outcome, targets, parks, tenant } = sent;
  const name = nameOf(sent);
  if (outcome.kind === 'unanswered') return [`unanswered: ${name} was never taken nor refused`];
  if (outcome.kind === 'refused') return [];
  const kept = index.kept.get(keyOf(tenant, outcome.id));
  if (!kept) return [`lost: ${name} was taken, but the bus does not know it`];
  return atAllTargets(index, kept, { name, targets, parks });
};

/** Where what a target answers goes: to each target of the tenant but itself. */
export type AnswersOf = (
  sent: Sent,
) => { readonly from: string; readonly to: readonly string[] } | null;

/** A system that answers has answered once, and the answer has arrived once. */
const ofAnswers = (index: Index, sent: Sent, answersOf: AnswersOf): string[] => {
  const expected = answersOf(sent);
  if (!expected || sent.outcome.kind !== 'accepted') return [];
  const answers = index.derived.get(keyOf(sent.tenant, sent.outcome.id)) ?? [];
  const name = `the answer of ${expected.from} to ${nameOf(sent)}`;
  const [answer, ...more] = answers;
  if (!answer) return [`lost: ${name} never came`];
  return [
    ...more.map(({ id }) => `doubled: ${name} came again as ${id}`),
    ...atAllTargets(index, answer, { name, targets: expected.to, parks: {} }),
  ];
};

/** Other content under a known id: set aside at each target, where somebody did send it. */
const ofConflict = (index: Index, kept: Kept): string[] => {
  const name = nameOf(kept);
  if ((index.sent.get(bySender(kept))?.conflicts ?? 0) === 0)
    return [`unaccounted: a conflict of ${name}`];
  return kept.standings
    .filter(
      ({ status, code, target }) =>
        status !== 'parked' || code !== 'conflict' || actsOf(index, kept, target).length > 0,
    )
    .map(({ target, status }) => `acted on: a conflict of ${name} at ${target} (${status})`);
};

/** More contents were set aside than came as a conflict: where one was, the other had come before the first. */
const overtaken = (index: Index, kept: readonly Kept[]): string[] => {
  const aside = grouped(
    kept.filter(({ conflictOf }) => conflictOf !== null),
    bySender,
  );
  return [...aside].flatMap(([key, contents]) => {
    const sent = index.sent.get(key);
    return sent && sent.conflicts > 0 && contents.length > sent.conflicts
      ? [`overtaken: ${nameOf(sent)} by other content under its id, at a target or more`]
      : [];
  });
};

/** Of a message that no application sent: the answer of a system to one that was sent. */
const ofDerived = (index: Index, kept: Kept, answersOf: AnswersOf): string[] => {
  const cause = index.kept.get(keyOf(kept.tenant, kept.causationId ?? ''));
  const causedBy = cause && index.sent.get(bySender(cause));
  return causedBy && answersOf(causedBy)
    ? []
    : [`unaccounted: ${nameOf(kept)} (${kept.id}) was sent by nobody`];
};

/** Of a message in the bus's ledger that may have been set aside, or may be nobody's. */
const ofKept = (index: Index, kept: Kept, answersOf: AnswersOf): string[] => {
  if (kept.conflictOf !== null) return ofConflict(index, kept);
  const sent = index.sent.get(bySender(kept));
  if (!sent) return ofDerived(index, kept, answersOf);
  return sent.outcome.kind === 'refused' ? [`entered: ${nameOf(kept)}, which was refused`] : [];
};

/** Messages of one subject reach one target in the order in which they were taken. */
const swaps = ({ sent, acts }: Ledgers): string[] => {
  const order = new Map<string, { place: number; sent: Sent }>();
  const taken = sent.filter(({ outcome }) => outcome.kind === 'accepted');
  taken.forEach((one, place) => {
    if (one.outcome.kind === 'accepted')
      order.set(keyOf(one.tenant, one.outcome.id), { place, sent: one });
  });
  const last = new Map<string, { place: number; sent: Sent }>();
  return acts.flatMap(({ tenant, target, message }) => {
    const mine = order.get(keyOf(tenant, message));
    if (!mine) return [];
    const lane = keyOf(tenant, target, mine.sent.subject);
    const before = last.get(lane);
    if (!before || before.place <= mine.place) {
      last.set(lane, mine);
      return [];
    }
    return [`swapped: ${nameOf(mine.sent)} came after ${nameOf(before.sent)} at ${target}`];
  });
};

/** A system has acted on something that the bus does not know. */
const strangers = (index: Index, { acts }: Ledgers): string[] =>
  acts
    .filter(({ tenant, message }) => !index.kept.has(keyOf(tenant, message)))
    .map(({ tenant, target, message }) => `unaccounted: ${tenant} ${target} acted on ${message}`);

/**
 * What differs between what the applications sent, what the systems did and what the bus wrote down, in words; empty where
 * every message that was taken is in exactly one end state, has acted once where it was delivered, and in order.
 */
export const differences = (ledgers: Ledgers, answersOf: AnswersOf): string[] => {
  const index = indexOf(ledgers);
  return [
    ...ledgers.left.map((words) => `left over: ${words}`),
    ...ledgers.sent.flatMap((sent) => ofSent(index, sent)),
    ...ledgers.sent.flatMap((sent) => ofAnswers(index, sent, answersOf)),
    ...ledgers.kept.flatMap((kept) => ofKept(index, kept, answersOf)),
    ...swaps(ledgers),
    ...overtaken(index, ledgers.kept),
    ...strangers(index, ledgers),
  ];
};
