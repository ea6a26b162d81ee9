/** One connector instance of one tenant: what is queued, held and broken by a circuit as a whole. */
export interface Line {
  readonly tenant: string;
  readonly target: string;
}

/** The line as one word, for maps and logs. Neither part can hold a slash. */
export const lineKey = ({ tenant, target }: Line): string => `${tenant}/${target}`;

/** Messages with the same key reach the target one after the other, in the order of acceptance. */
export const laneKey = ({ tenant, target }: Line, subject: string): string =>
  `${tenant}/${target}/${subject}`;
