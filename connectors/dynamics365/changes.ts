import { Type } from '@sinclair/typebox';
import type { Static, TSchema } from '@sinclair/typebox';
import type { Json } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import type { Dynamics } from './client.js';
import { expiredVersion } from './errors.js';
import { Deleted } from './incident.js';
import { objectOf } from '#kit/status-order.js';

/** A table whose changes are followed. */
export interface Followed<T extends TSchema> {
  readonly path: string;
  readonly columns: string;
  /** Shape of a page of it: made once, as it is compiled once. */
  readonly page: ReturnType<typeof pageOf<T>>;
}

/** Where a look begins: a query that Dynamics 365 gave, or none at the very first time. */
export interface Place {
  readonly query: string | null;
  /** True while all rows are read: at the very first look, and after the link had expired. */
  readonly whole: boolean;
}

/** Rows that are new or changed, and where the next look begins. */
export interface Changes<R> {
  readonly rows: R[];
  readonly next: Place;
  readonly more: boolean;
  /** True where these rows are part of a read of all. */
  readonly whole: boolean;
}

/** Small pages: what was read is kept after each. */
const pageSize = 500;

/** A page of new, changed and deleted rows of one kind. */
export const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({
    value: Type.Array(Type.Union([Deleted, row])),
    '@odata.nextLink': Type.Optional(Type.String({ maxLength: 32_768 })),
    '@odata.deltaLink': Type.Optional(Type.String({ maxLength: 32_768 })),
  });

export const placeOf = (cursor: Json): Place => {
  const { query, whole } = objectOf(cursor);
  return { query: typeof query === 'string' ? query : null, whole: whole === true };
};

/** Of a link only its query counts: it is asked of our own address, whatever host the link names. */
const queryOf = (link: string, path: string): string => {
  const address = URL.canParse(link) ? new URL(link) : null;
  if (address?.pathname.endsWith(path)) return address.search;
  throw new Failure('retry', 'Dynamics 365 gave a link that does not lead to the same table', {
    code: 'unavailable',
  });
};

const isDeleted = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && 'reason' in row;

const read = async <T extends TSchema>(
  { http }: Dynamics,
  { path, columns, page }: Followed<T>,
  query: string | null,
  signal: AbortSignal,
): Promise<{ rows: Static<T>[]; next: string | undefined; delta: string | undefined }> => {
  const answer = await http.request({
    method: 'GET',
    path: `${path}${query ?? ''}`,
    ...(query === null && { query: { $select: columns } }),
    headers: { prefer: `odata.track-changes,odata.maxpagesize=${pageSize}` },
    as: page,
    signal,
  });
  const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = answer.body;
  return { rows: value.filter((row) => !isDeleted(row)), next, delta };
};

const isExpired = (failure: unknown): boolean =>
  failure instanceof Failure &&
  (failure.externalCode === expiredVersion || failure.code === 'gone');

/** One page of what changed since; of all rows where the link has expired, or there is none yet. */
export const readChanges = async <T extends TSchema>(
  client: Dynamics,
  followed: Followed<T>,
  from: Place,
  signal: AbortSignal,
): Promise<Changes<Static<T>>> => {
  const whole = from.whole || from.query === null;
  try {
    const { rows, next, delta } = await read(client, followed, from.query, signal);
    const link = next ?? delta;
    if (link === undefined)
      throw new Failure('pause', `Dynamics 365 tracks no changes of ${followed.path}`, {
        code: 'misconfigured',
      });
    const more = next !== undefined;
    return {
      rows,
      next: { query: queryOf(link, followed.path), whole: whole && more },
      more,
      whole,
    };
  } catch (failure) {
    if (from.query === null || !isExpired(failure)) throw failure;
    return readChanges(client, followed, { query: null, whole: true }, signal);
  }
};
