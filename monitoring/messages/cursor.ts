import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';

/** After which one a page goes on: the newest first. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

/** Opaque for whoever holds it. */
export const cursorText = ({ at, id }: Cursor): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** Throws `ProblemError` where it is not one that this API gave. */
export const cursorOf = (text: string): Cursor => {
  const [moment = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const at = new Date(moment);
  if (Number.isNaN(at.getTime()) || !/^(?:[0-9a-f-]{36}|\d{1,18})$/.test(id))
    throw new ProblemError('bad-request', tell('cursor'));
  return { at, id };
};
