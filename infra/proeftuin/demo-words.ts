import { photosIn, tenantOf, type DemoEvent } from './meldingen.js';
import type { FetchedEvent, MessageView } from './meldpunt.js';
import { signsIn } from './meldpunten.js';
import type { Told } from './story.js';

const clock = (moment: string): string => new Date(moment).toISOString().slice(11, 23);

/** Wide characters take two columns of a terminal; good enough for names of places. */
const cell = (value: string | number, width: number): string =>
  typeof value === 'number' ? String(value).padStart(width) : value.padEnd(width);

const widths = [22, 9, 7, 8, 9, 7, 10, 9] as const;

const row = (...values: readonly (string | number)[]): string =>
  `  ${values.map((value, index) => cell(value, widths[index] ?? 10)).join('  ')}`.trimEnd();

const countsOf = (told: readonly Told[]): readonly number[] => [
  told.length,
  told.reduce((sum, { event }) => sum + photosIn(event).length, 0),
  told.reduce((sum, { incidents }) => sum + incidents.length, 0),
  told.reduce((sum, { cases }) => sum + cases.length, 0),
  told.reduce((sum, { dossiers }) => sum + dossiers.length, 0),
  told.filter(({ view }) => view?.status === 'delivered').length,
  told.reduce((sum, { statuses }) => sum + statuses.length, 0),
];

/** What became of all, by tenant. */
export const tableOf = (told: readonly Told[]): string => {
  const tenants = [...new Set(told.map(({ tenant }) => tenant))].sort();
  const lines = tenants.map((tenant) => {
    const own = told.filter((one) => one.tenant === tenant);
    return row(tenant, ...countsOf(own), signsIn(tenant) ? 'token' : 'key');
  });
  const head = [
    ...['tenant', 'meldingen', 'photos', 'TOPdesk', 'Dynamics', 'citizen'],
    ...['delivered', 'statuses'],
  ];
  const heads = head.map((words, index) =>
    index === 0 ? cell(words, widths[0]) : words.padStart(widths[index] ?? 0),
  );
  return [
    `  ${heads.join('  ')}  by`,
    ...lines,
    `  ${'─'.repeat(96)}`,
    row(`${tenants.length} tenants`, ...countsOf(told)),
  ].join('\n');
};

interface Step {
  readonly at: string;
  readonly where: string;
  readonly words: string;
}

/** A step is told when it has ended; on the line stands when it began. */
const attemptsOf = (view: MessageView, numberOf: (target: string) => string): Step[] =>
  view.targets.flatMap(({ target, attempts }) =>
    attempts.map(({ at, durationMs, outcome, code, detail }) => ({
      at: new Date(Date.parse(at) - durationMs).toISOString(),
      where: target,
      words: [`sent, ${outcome} after ${durationMs} ms`, code, detail, numberOf(target)]
        .filter((words) => words !== null && words !== '')
        .join(', '),
    })),
  );

const fetchedSteps = (event: FetchedEvent, view: MessageView | null): Step[] => {
  const label = event.data.heeftStatus[0]?.beschrijving ?? '';
  if (!view) return [];
  return [
    {
      at: view.acceptedAt,
      where: 'delivery',
      words: `status "${label}" of ${event.source.split(':').at(-1) ?? ''}`,
    },
    ...attemptsOf(view, () => ''),
    ...view.targets.flatMap(({ target, acknowledgedAt }) =>
      acknowledgedAt === null
        ? []
        : [{ at: acknowledgedAt, where: target, words: `"${label}" fetched and acknowledged` }],
    ),
  ];
};

/** The way of one melding, step by step: time, system, what happened. */
export const traceOf = (
  { event, incidents, cases, view, statuses }: Told,
  statusViews: readonly (MessageView | null)[],
): string => {
  const [incident] = incidents;
  const external = incident ? `incident ${incident.number} (${incident.id})` : '';
  const [one] = cases;
  const numberOf = (target: string): string => {
    if (target.startsWith('topdesk')) return external;
    return target === 'dynamics365' && one ? `case ${one.incidentid}` : '';
  };
  const steps: Step[] = view
    ? [
        {
          at: view.acceptedAt,
          where: 'gateway',
          words: `accepted for ${view.targets.map(({ target }) => target).join(', ')}`,
        },
        ...attemptsOf(view, numberOf),
      ]
    : [];
  const all = [
    ...steps,
    ...statuses.flatMap((status, index) => fetchedSteps(status, statusViews[index] ?? null)),
  ].sort((one, other) => one.at.localeCompare(other.at));
  const photos = photosIn(event).length;
  const shown = photos === 0 ? 'without a photo' : `with ${photos} photo${photos > 1 ? 's' : ''}`;
  const about = `${event.data.titel} (${event.id}, ${shown})`;
  return [
    `  ${about}`,
    `  ${view?.id ?? ''}`,
    ...all.map(({ at, where, words }) => `  ${clock(at)}  ${where.padEnd(10)}  ${words}`),
  ].join('\n');
};

/** A melding as small as one may be, of a tenant that is chosen by its known one. */
export const smallMelding = (known: DemoEvent, id: string): DemoEvent => {
  const tenant = tenantOf(known);
  return {
    specversion: '1.0',
    id,
    source: known.source,
    type: known.type,
    subject: `https://meldingen.${tenant}.example/id/melding/${id}`,
    time: new Date().toISOString(),
    datacontenttype: 'application/ld+json',
    verwerking: 'meldingen-openbaar-domein',
    data: {
      '@context': 'urn:lb-bus:context:melding:v1',
      '@type': 'Melding',
      titel: 'Losliggende tegel',
      meldingstype: [{ '@id': `https://data.${tenant}.example/id/concept/Meldingstype/voetpad` }],
      indiener: { '@type': 'Agent' },
      behandelaar: { '@id': known.data.behandelaar['@id'] },
      heeftBody: [{ '@type': 'MeldingBody', beschrijving: 'Voor de bakker ligt een tegel los.' }],
    },
  };
};

/** A melding that can be posted from a terminal, and the question what became of it. */
export const curlOf = (
  { gateway, key }: { readonly gateway: string; readonly key: string },
  event: DemoEvent,
  busId: string,
): string => {
  const body = JSON.stringify(event).replaceAll("'", String.raw`'\''`);
  return [
    `  curl -sS ${gateway}/v1/messages \\`,
    `    -H 'authorization: Bearer ${key}' -H 'content-type: application/cloudevents+json' \\`,
    `    -d '${body}'`,
    '',
    `  curl -sS ${gateway}/v1/messages/${busId} -H 'authorization: Bearer ${key}'`,
    `  npx lb-bus status ${busId} --tenant ${tenantOf(event)}   # the same, in words`,
  ].join('\n');
};
