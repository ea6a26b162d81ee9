import type { CollectedRecord } from '#bus/audit.js';
import { busIdOf, conflictIdOf, type Envelope } from '#bus/envelope.js';
import type { StepRecord } from '#bus/records.js';

/** What is known of one message: the envelope that was accepted first, and its sealed body once that has come. */
export interface Content {
  readonly envelope: Envelope;
  readonly body: Buffer | null;
  /** The targets that it is on its way to: the door records it once the queues of all of them have it. */
  readonly promised: readonly string[];
}

/** Whose content it is; `digest` tells two contents under the same id apart. */
export const contentKey = ({ tenant, id, digest }: Pick<Envelope, 'tenant' | 'id' | 'digest'>) =>
  `${tenant}|${id}|${digest}`;

const acceptedMs = ({ acceptedAt }: Pick<Envelope, 'acceptedAt'>): number => Date.parse(acceptedAt);

/** Repeats of the same content: that of the first acceptance stays, whichever came first here. */
export const merged = (one: Content, other: Content): Content => ({
  envelope: acceptedMs(other.envelope) < acceptedMs(one.envelope) ? other.envelope : one.envelope,
  body: one.body ?? other.body,
  promised: [...new Set([...one.promised, ...other.promised])],
});

/**
 * An envelope names every target that was tried. Where the door recorded nothing, one of them did not take the message; what
 * delivery sets aside as a conflict it records itself, at each target that has it.
 */
const promisedBy = ({ record, envelope }: CollectedRecord): readonly string[] =>
  record === 'accepted' && conflictOf(envelope) === null ? envelope.targets : [];

/** Contents and steps of a batch, each once, in an order that is the same for every process (so they never lock crosswise). */
export interface Batch {
  readonly contents: readonly Content[];
  readonly steps: readonly StepRecord[];
}

/** Puts the records of a batch together; the order in which they came plays no part. */
export const batchOf = (records: readonly CollectedRecord[]): Batch => {
  const contents = new Map<string, Content>();
  const steps = new Map<string, StepRecord>();
  for (const record of records) {
    const key = contentKey(record.envelope);
    const content = {
      envelope: record.envelope,
      // An answer to a question comes without: it is gone after its hour, where delivery keeps it.
      body: record.record === 'accepted' && record.body.length > 0 ? record.body : null,
      promised: promisedBy(record),
    };
    const known = contents.get(key);
    contents.set(key, known ? merged(known, content) : content);
    if (record.record === 'step') steps.set(`${key}|${record.stepId}`, record);
  }
  const inOrder = <T>(map: ReadonlyMap<string, T>): T[] =>
    [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
  return { contents: inOrder(contents), steps: inOrder(steps) };
};

/** The message it conflicts with, where it already stands under an id derived from its digest; else null. */
export const conflictOf = ({ tenant, source, senderId, digest, id }: Envelope): string | null =>
  id === conflictIdOf(tenant, source, senderId, digest) ? busIdOf(tenant, source, senderId) : null;

/** What decides which of several contents keeps an id. */
export interface Contender {
  readonly digest: string;
  readonly acceptedMs: number;
}

export const contenderOf = ({ envelope }: Content): Contender => ({
  digest: envelope.digest,
  acceptedMs: acceptedMs(envelope),
});

/** Digest of the content that was accepted first; a tie goes to the lower, so that every process agrees. */
export const firstAccepted = (contenders: readonly Contender[]): string | undefined =>
  [...contenders].sort(
    (one, other) => one.acceptedMs - other.acceptedMs || (one.digest < other.digest ? -1 : 1),
  )[0]?.digest;
