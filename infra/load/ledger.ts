/** What an application of a tenant sent, and what it was told in the end. */
export interface Sent {
  readonly tenant: string;
  readonly source: string;
  /** The sender's own id. */
  readonly senderId: string;
  readonly type: string;
  readonly subject: string;
  /** Where it must go. */
  readonly targets: readonly string[];
  /** At which of them it must be parked instead of delivered, and under which code. */
  readonly parks: Readonly<Record<string, string>>;
  readonly outcome:
    | { readonly kind: 'accepted'; readonly id: string; readonly atMs: number }
    | { readonly kind: 'refused'; readonly status: number }
    | { readonly kind: 'unanswered' };
  /** How often other content was sent under the same id on purpose, whatever was answered. */
  readonly conflicts: number;
}

/** A system has done what a message asked for. What it recognised as a repeat is none. */
export interface Act {
  readonly tenant: string;
  readonly target: string;
  /** The id on the bus. */
  readonly message: string;
  readonly atMs: number;
}

/** How a message stands at one target, after the bus's own ledger. */
export interface Standing {
  readonly target: string;
  readonly status: string;
  readonly code: string | null;
}

/** A message as the bus's own ledger has it. */
export interface Kept {
  readonly tenant: string;
  readonly id: string;
  readonly source: string;
  readonly senderId: string;
  readonly subject: string;
  readonly causationId: string | null;
  readonly conflictOf: string | null;
  readonly standings: readonly Standing[];
}

/** All that is known at the end, from three sides; each list in the order in which things happened. */
export interface Ledgers {
  readonly sent: readonly Sent[];
  readonly acts: readonly Act[];
  readonly kept: readonly Kept[];
  /** What should be gone by then, in words: messages in queues, rows that wait, unread audit records. */
  readonly left: readonly string[];
}

/** Key of a thing that has several parts. */
export const keyOf = (...parts: readonly string[]): string => parts.join('|');

/** Groups a list by a key, in the order of the list. */
export const grouped = <T>(
  list: readonly T[],
  key: (entry: T) => string,
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const group = groups.get(key(entry));
    if (group) group.push(entry);
    else groups.set(key(entry), [entry]);
  }
  return groups;
};
