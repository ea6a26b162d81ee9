import { source } from '#kit/source.js';
import type { Json } from '#kit/message.js';
import type {
  HookRequest,
  Page,
  PollContext,
  SourceItemContext,
  SourceResult,
} from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { statusNews } from '#kit/melding-status.js';
import { objectOf, standingStatus } from '#kit/status-order.js';
import { verifySecret } from '#kit/shared-secret.js';
import { meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { incidentsPath, requestIncident } from './client.js';
import type { Topdesk } from './client.js';
import { Incident, Incidents, instantOf } from './incident.js';
import { caseOf } from './mapping.js';
import type { TopdeskSettings } from './settings.js';
import { foundStatus, isState, stateOf } from './status.js';

/** Seconds that are read again at each look: changes that became visible a little after a later one. */
const overlapSeconds = 30;
const pageSize = 100;
/** The largest page of the Incident API 4.2.6: with only the fields that are read, about 4 MB. */
const widestPage = 10_000;
const fields = Object.keys(Incident.properties).join(',');

interface Cursor {
  /** RFC 3339 in UTC, whole seconds. */
  readonly since: string;
  /** Wide where more than a page changed in one second: read at once, none of them can slip from one page to another. */
  readonly pageSize: number;
  /** Offset among what changed since; only where even more than a wide page changed in one second. */
  readonly pageStart: number;
}

const seconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

const begin = (sinceMs: number): Cursor => ({ since: seconds(sinceMs), pageSize, pageStart: 0 });

const cursorOf = (cursor: Json, now: Date): Cursor => {
  const start = begin(now.getTime());
  if (typeof cursor !== 'object' || cursor === null || Array.isArray(cursor)) return start;
  const { since, pageStart, pageSize: size } = cursor;
  return {
    since: typeof since === 'string' ? since : start.since,
    pageSize: typeof size === 'number' ? size : start.pageSize,
    pageStart: Number(pageStart ?? 0),
  };
};

const nextPageStart = (headers: Readonly<Record<string, string>>): number | null => {
  const next = headers['x-next-page-url'];
  if (next === undefined || !URL.canParse(next)) return null;
  const start = Number(new URL(next).searchParams.get('pageStart'));
  return Number.isInteger(start) && start > 0 ? start : null;
};

/**
 * Where the next look begins: at the last second seen, as an offset would skip what moves while we read. A page of which all
 * changed in one second is read again, wide. A round ends a little back in time.
 */
const nextCursor = (cursor: Cursor, last: string, next: number | null): Cursor => {
  const lastMs = Date.parse(last);
  if (next === null) return begin(lastMs - overlapSeconds * 1000);
  if (lastMs > Date.parse(cursor.since)) return begin(lastMs);
  if (cursor.pageSize < widestPage) return { ...cursor, pageSize: widestPage, pageStart: 0 };
  return { ...cursor, pageStart: next };
};

/** Clocks that differ by more than this say nothing of each other. */
const longestAheadMs = 60_000;

/**
 * TOPdesk counts in seconds: what it says of a second that is not over may change under the same date, by us as well. It is
 * left for the next look. Whether it is over says the `Date` of the answer itself.
 */
const isOver = (
  { modificationDate }: Incident,
  headers: Readonly<Record<string, string>>,
): boolean => {
  const aheadMs = Date.parse(instantOf(modificationDate)) - Date.parse(headers['date'] ?? '');
  return !(aheadMs >= 0 && aheadMs < longestAheadMs);
};

/** A page of incidents that changed, oldest first. */
export const readPage = async (
  { http }: Topdesk,
  at: Json,
  { signal, now }: PollContext<TopdeskSettings>,
): Promise<Page<Incident>> => {
  const cursor = cursorOf(at, now);
  const page = await http.request({
    method: 'GET',
    path: incidentsPath,
    query: {
      query: `modificationDate=ge=${cursor.since}`,
      sort: 'modificationDate:asc',
      dateFormat: 'iso8601',
      pageStart: cursor.pageStart,
      pageSize: cursor.pageSize,
      fields,
      all: true,
    },
    as: Incidents,
    signal,
  });
  const items = page.body ?? [];
  const next = page.status === 206 ? nextPageStart(page.headers) : null;
  const last = items.at(-1)?.modificationDate;
  const after = last === undefined ? { ...cursor, pageStart: 0 } : nextCursor(cursor, last, next);
  return {
    items: items.filter((incident) => isOver(incident, page.headers)),
    cursor: { ...after },
    more: next !== null && last !== undefined,
  };
};

/** Refuses a call that does not carry the webhook secret of the tenant. */
export const verify = (request: HookRequest, { webhookSecret }: TopdeskSettings): void =>
  verifySecret(request, webhookSecret, 'TOPdesk');

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const hintedId = ({ body }: HookRequest): string => {
  try {
    const { id } = JSON.parse(body.toString()) as { id?: unknown };
    if (typeof id === 'string' && uuid.test(id)) return id;
  } catch {
    // Falls through to the refusal: the body is written by an administrator of TOPdesk and may be anything.
  }
  throw new Failure('reject', 'The call does not say which incident changed: {"id": "<uuid>"}', {
    code: 'invalid',
  });
};

/** A call is only a hint: what counts is what TOPdesk itself says of the incident. */
export const readHinted = async (
  { http }: Topdesk,
  request: HookRequest,
  { signal }: { signal: AbortSignal },
): Promise<Incident[]> => {
  try {
    const { body, headers } = await requestIncident(http, hintedId(request), { signal });
    if (isOver(body, headers)) return [body];
  } catch (failure) {
    if (failure instanceof Failure && failure.code === 'not-found') return [];
    throw failure;
  }
  throw new Failure('retry', 'The incident was changed in this very second', {
    code: 'locked',
    retryAfterMs: 1_000,
  });
};

const isOlder = (state: Json | undefined, { modificationDate }: Incident): boolean =>
  isState(state) && Date.parse(state.modified) > Date.parse(instantOf(modificationDate));

/**
 * The status of the melding, where it differs from what was last known of the incident; where nothing is known of it but
 * that it is ours, from what the answer to its registration tells.
 */
const toStatusMessage = (
  incident: Incident,
  { subject, state, settings }: SourceItemContext<TopdeskSettings>,
): SourceResult => {
  if (isOlder(state, incident)) return { message: null, state: state ?? null };
  const now = stateOf(incident);
  const found = foundStatus(incident, state, settings);
  const told = standingStatus(found);
  const message = statusNews(caseOf(incident), {
    subject,
    ...found,
    since: told?.since ?? now.modified,
    organisation: settings.organisation,
  });
  return { message, state: { ...objectOf(state), ...now, ...(told && { told: { ...told } }) } };
};

/** A partial incident repeats the number of its main incident, but is another thing. */
export const messageOf = ({ status, externalNumber }: Incident): string | null =>
  status.startsWith('partial') ? null : (externalNumber ?? null);

export const incidentChanged = source({
  summary:
    'Reports the status of incidents that TOPdesk changed, polled and on the hint of a webhook.',
  emits: meldingStatusGewijzigd,
  poll: {
    everySeconds: ({ pollSeconds }: TopdeskSettings) => pollSeconds,
    read: readPage,
  },
  webhook: { verify, read: readHinted },
  externalId: (incident: Incident) => incident.id,
  message: messageOf,
  map: toStatusMessage,
});
