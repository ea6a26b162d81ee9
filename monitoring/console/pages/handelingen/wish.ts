import { ApiProblem, away } from '../../api/problem.ts';
import { languageHeader } from '../../texts/language.ts';

/** Which acts are looked at; the empty text where one does not matter. */
export interface ActsWish {
  readonly person: string;
  readonly tenant: string;
  readonly kind: string;
  readonly since: string;
  readonly until: string;
}

const dayBegins = (day: string, days: number): string => {
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + days);
  return moment.toISOString();
};

/** As the server asks it: days of the calendar here become moments. */
export const wishOf = ({
  person,
  tenant,
  kind,
  since,
  until,
}: ActsWish): Record<string, string> => ({
  ...(person.trim() !== '' && { person: person.trim() }),
  ...(tenant !== '' && { tenant }),
  ...(kind !== '' && { kind }),
  ...(since !== '' && { since: dayBegins(since, 0) }),
  ...(until !== '' && { until: dayBegins(until, 1) }),
});

const download = (file: Blob): void => {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = 'lb-bus-acts.csv';
  link.click();
  URL.revokeObjectURL(address);
};

/** Has the browser keep what was found as CSV. Throws `ApiProblem`. */
export const saveActs = async (wish: ActsWish): Promise<void> => {
  const response = await fetch('/admin/v1/acts/exports', {
    method: 'POST',
    headers: {
      ...languageHeader(),
      'content-type': 'application/json',
      'x-lbbus-console': '1',
    },
    body: JSON.stringify(wishOf(wish)),
  }).catch(() => {
    throw away();
  });
  if (!response.ok)
    throw new ApiProblem(response.status, (await response.json().catch(() => ({}))) as object);
  download(await response.blob());
};
