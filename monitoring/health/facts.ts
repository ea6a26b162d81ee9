/** What keeps a line from moving, as it stands in `delivery.hold`. */
export interface HoldFact {
  readonly code: string;
  /** 'bus', or the name of the operator. */
  readonly heldBy: string;
  readonly since: Date;
}

/** The circuit of a line where it is not closed: `open` means that nothing is tried before the next probe. */
export interface CircuitFact {
  readonly phase: 'open' | 'recovering';
  readonly since: Date;
}

/** The last poll of the system failed: what changed there is not known here. */
export interface PollFact {
  readonly code: string;
  readonly at: Date;
}

/** Something of a line that ends by itself. */
export interface Ending {
  readonly kind: 'secret' | 'certificate' | 'credential';
  readonly name: string;
  readonly at: Date;
}

/** Messages of a line that stand still as rows. */
export interface Standing {
  readonly waiting: number;
  /** Since when the one that waits longest does. */
  readonly waitingSince: Date | null;
  readonly waitingCode: string | null;
  readonly held: number;
  readonly parked: number;
  readonly parkedLastHour: number;
  /** The last moment at which one was parked. */
  readonly parkedAt: Date | null;
  /** Code under which most of them are parked. */
  readonly parkedCode: string | null;
}

/** What went through a line, and how long it took from accepted until delivered. */
export interface Traffic {
  readonly deliveredLastHour: number;
  readonly deliveredLastDay: number;
  /** The last step of it within a day, of whatever outcome. */
  readonly movedAt: Date | null;
  /** Of the last hour; null where nothing was delivered. */
  readonly p95Ms: number | null;
  /** Delivered since the last whole hour began. */
  readonly deliveredRecently: number;
  /** The least that was delivered in that hour of the week, over the last four weeks. */
  readonly usual: number;
}

/** What lies in the queue of a line at the broker. */
export interface QueueFact {
  /** Null where it is not known. */
  readonly messages: number | null;
  /** Since when it was never seen empty; null where it is. */
  readonly since: Date | null;
}

/** All that is known of a line (a connector instance of a tenant) at one moment. */
export interface LineFacts {
  readonly enabled: boolean;
  readonly hold: HoldFact | null;
  readonly circuit: CircuitFact | null;
  /** Null where the system is not polled, or was with success. */
  readonly failedPoll: PollFact | null;
  readonly standing: Standing;
  readonly traffic: Traffic;
  readonly queue: QueueFact;
  readonly endings: readonly Ending[];
}

export const nothingStanding: Standing = {
  waiting: 0,
  waitingSince: null,
  waitingCode: null,
  held: 0,
  parked: 0,
  parkedLastHour: 0,
  parkedAt: null,
  parkedCode: null,
};

export const noTraffic: Traffic = {
  deliveredLastHour: 0,
  deliveredLastDay: 0,
  movedAt: null,
  p95Ms: null,
  deliveredRecently: 0,
  usual: 0,
};

export const unknownQueue: QueueFact = { messages: null, since: null };
