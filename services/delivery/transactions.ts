import { scopeOf } from '#runtime/database.js';
import { Together } from '#runtime/together.js';
import { admit, admitTogether, laneIn, type Admitted, type AdmitOptions } from './admit.js';
import { remainingMs, type Hand } from './hand.js';
import { busyMs } from './timing.js';
import {
  locksOf,
  recordDelivered,
  recordDeliveredTogether,
  type WellEnded,
} from './store/record.js';
import type { Recorded } from './store/recorded.js';
import { tenantOf, type Tools } from './tools.js';

/** What came of asking for leave, and until when an attempt may last on the clock of `performance.now()`. */
export interface Leave {
  readonly admitted: Admitted;
  readonly until: number;
}

/** The two transactions of a message that is delivered as it should; those of several messages are one where they come together. */
export interface Transactions {
  readonly leave: Pick<Together<Hand, Leave>, 'do'>;
  /** As the only suspect in hand. */
  readonly leaveAlone: (hand: Hand) => Promise<Leave>;
  /** Null where another has taken the message since. */
  readonly delivered: Pick<Together<WellEnded, Recorded | null>, 'do'>;
}

const tenantIn = ({ line }: Hand): string => line.tenant;

const optionsFor = (
  tools: Pick<Tools, 'directory' | 'gate' | 'timing'>,
  hand: Hand,
  alone: boolean,
): AdmitOptions => ({
  busyMs: busyMs(tools.timing),
  keys: tenantOf(tools, hand.line).bodyKeys,
  moment: {
    expired: remainingMs(hand) === 0,
    circuitMs: hand.origin.kind === 'queue' ? tools.gate.circuitMs(hand.line) : null,
    alone,
  },
});

/** Opens the transactions of a process; each may throw `DatabaseUnavailable`, and is then to be asked again. */
export const openTransactions = (
  tools: Pick<Tools, 'database' | 'directory' | 'gate' | 'timing'>,
): Transactions => {
  const { database } = tools;
  // From before the claim: whoever was frozen after it does not send what another has taken since. But not from before
  // there was a place at PostgreSQL: a process that has much to do would take its own waiting for that of the system.
  const deadline = (): number => performance.now() + tools.timing.sendDeadlineMs;
  const leaveOf = (hand: Hand, alone: boolean): Promise<Leave> =>
    database.scoped(hand.line.tenant, async (trx) => {
      const until = deadline();
      return { admitted: await admit(trx, hand, optionsFor(tools, hand, alone)), until };
    });
  return {
    leaveAlone: (hand) => leaveOf(hand, true),
    leave: new Together({
      tenantOf: tenantIn,
      keysOf: (hand) => [laneIn(hand)],
      one: (hand) => leaveOf(hand, false),
      all: (hands) =>
        database.scoped(scopeOf(hands.map(tenantIn)), async (trx) => {
          const until = deadline();
          const asking = hands.map((hand) => ({ hand, options: optionsFor(tools, hand, false) }));
          const answers = await admitTogether(trx, asking);
          return answers.map((admitted) =>
            typeof admitted === 'symbol' ? admitted : { admitted, until },
          );
        }),
    }),
    delivered: new Together({
      tenantOf: ({ hand }) => tenantIn(hand),
      keysOf: locksOf,
      one: (ended) => database.scoped(ended.hand.line.tenant, (trx) => recordDelivered(trx, ended)),
      all: (ended) =>
        database.scoped(scopeOf(ended.map(({ hand }) => tenantIn(hand))), (trx) =>
          recordDeliveredTogether(trx, ended),
        ),
    }),
  };
};
