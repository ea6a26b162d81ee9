/** What keeps a line from moving, as it stands in `delivery.hold`. */
export interface HoldFact {
  readonly code: string;
  readonly detail: string;
  /** 'bus', or the name of the operator. */
  readonly heldBy: string;
  readonly since: Date;
}

/** Something of a line that ends by itself: a secret, a certificate. */
export interface Ending {
  readonly kind: 'secret' | 'certificate' | 'credential';
  readonly name: string;
  readonly at: Date;
}

/** Attempts at a line in the last ten minutes. */
export interface Attempts {
  /** Ends that say that the system is there: delivered, rejected, held. */
  readonly answered: number;
  /** Ends that say that it could not be reached or asked for patience. */
  readonly unanswered: number;
  /** How many of those came after the last answer. */
  readonly unansweredInARow: number;
  readonly unansweredSince: Date | null;
  /** Code of the last of them. */
  readonly code: string | null;
}

/** Messages of a line that stand still as rows. */
export interface Standing {
  readonly waiting: number;
  readonly oldestWaitingAt: Date | null;
  readonly held: number;
  readonly parked: number;
  readonly parkedLastHour: number;
  readonly newestParkedAt: Date | null;
  /** Code under which most of them are parked. */
  readonly parkedCode: string | null;
}

/** What went through a line, and how long it took from accepted until delivered. */
export interface Traffic {
  readonly deliveredLastHour: number;
  readonly deliveredLastDay: number;
  /** Of the last hour; null where nothing was delivered or it is not known. */
  readonly p95Ms: number | null;
  /** The least that was delivered in this hour of the week, over the last four weeks; null where it is not known for all four. */
  readonly leastAtThisHour: number | null;
}

/** All that is known of a line (a connector instance of a tenant) at one moment. */
export interface LineFacts {
  readonly enabled: boolean;
  readonly hold: HoldFact | null;
  readonly attempts: Attempts;
  readonly standing: Standing;
  readonly traffic: Traffic;
  /** Messages in its queue at the broker; null where that could not be asked. */
  readonly queued: number | null;
  readonly endings: readonly Ending[];
}

export const noAttempts: Attempts = {
  answered: 0,
  unanswered: 0,
  unansweredInARow: 0,
  unansweredSince: null,
  code: null,
};

export const nothingStanding: Standing = {
  waiting: 0,
  oldestWaitingAt: null,
  held: 0,
  parked: 0,
  parkedLastHour: 0,
  newestParkedAt: null,
  parkedCode: null,
};

export const noTraffic: Traffic = {
  deliveredLastHour: 0,
  deliveredLastDay: 0,
  p95Ms: null,
  leastAtThisHour: null,
};
