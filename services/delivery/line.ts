import type { Envelope } from '#bus/envelope.js';

/** One connector instance of one tenant: what is queued, held and broken by a circuit as a whole. */
export interface Line {
  readonly tenant: string;
  readonly target: string;
}

/** The line as one word, for maps. Neither part can hold a slash. */
export const lineKey = ({ tenant, target }: Line): string => `${tenant}/${target}`;

/** What a message keeps its order by: its subject, but a question, which nobody waits for, only itself. */
export const laneOf = ({ kind, id, subject }: Envelope): string =>
  kind === 'question' ? `urn:uuid:${id}` : subject;

/** Messages with the same key reach the target one after the other, in the order of acceptance. */
export const laneKey = (line: Line, lane: string): string => `${lineKey(line)}/${lane}`;
