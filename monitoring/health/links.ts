import type { Cause, CauseCode } from './health.js';

interface Place {
  readonly tenant: string;
  /** Empty where the cause is of the tenant itself. */
  readonly target: string;
}

const query = (path: string, values: Readonly<Record<string, string | null>>): string => {
  const given = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  return `${path}?${new URLSearchParams(given).toString()}`;
};

type Way = (place: Place, cause: Pick<Cause, 'what'>) => string;

const standing: Way = ({ tenant, target }) => query('/wachtend', { tenant, target });
const parked: Way = ({ tenant, target }, { what }) =>
  query('/geparkeerd', { tenant, target, code: what });
const map: Way = ({ tenant }) => query('/kaart', { tenant });
const settings: Way = ({ tenant }) => `/tenants/${tenant}`;

/** Page of the console on which somebody puts it right, or sees more of it. */
const ways: Readonly<Record<CauseCode, Way>> = {
  held: standing,
  'held-by-operator': standing,
  away: standing,
  recovering: standing,
  stuck: ({ tenant, target }) => query('/berichten', { tenant, target, status: 'accepted' }),
  'parked-growing': parked,
  parked,
  'waiting-long': standing,
  waiting: standing,
  unread: settings,
  ended: settings,
  ending: settings,
  slow: map,
  silent: map,
};

/** Address within the console where a cause of a line is put right. */
export const linkOf = (place: Place, cause: Pick<Cause, 'code' | 'what'>): string =>
  ways[cause.code](place, cause);
