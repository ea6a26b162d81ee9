const firsts = [
  ...[
    'Ooster',
    'Wester',
    'Neder',
    'Opper',
    'Groot',
    'Klein',
    'Nieuw',
    'Oud',
    'Hoog',
    'Laag',
    'Zand',
  ],
  ...['Berk', 'Eik', 'Els', 'Linde', 'Wilg', 'Water', 'Molen', 'Kerk', 'Steen'],
];
const lasts = [
  ...['beek', 'gem', 'hove', 'kerke', 'zele', 'dorp', 'broek', 'lo', 'wal', 'munster', 'dijk'],
  ...['veld', 'brugge', 'donk', 'hem', 'berg'],
];

/** The most that there are names for. */
export const mostTenants = firsts.length * lasts.length;

/** Couplings as governments have them: every tenant a TOPdesk or a postvak, the larger ones more. */
const couplings = [
  ['topdesk', 'mijn-burgerprofiel', 'magda'],
  ['topdesk', 'dynamics365', 'mijn-burgerprofiel', 'magda', 'verenigingsregister'],
  ['meldpunt', 'mijn-burgerprofiel'],
  ['topdesk', 'meldpunt', 'mijn-burgerprofiel', 'magda'],
] as const;

const settings: Readonly<Record<string, string>> = {
  topdesk: '{ baseUrl: https://topdesk.example }',
  dynamics365: '{ baseUrl: https://dynamics.example }',
};

const routeOf = (type: string, targets: readonly string[]): string =>
  `  - when: { type: be.lbbus.${type}.v1 }\n    to: [ ${targets.join(', ')} ]`;

const tenantYaml = (rank: number): string => {
  const name = `${firsts[rank % firsts.length] ?? ''}${lasts[Math.floor(rank / firsts.length)] ?? ''}`;
  const targets = couplings[rank % couplings.length] ?? couplings[0];
  const [main] = targets;
  const connectors = targets.map((target) => {
    const connector = target === 'meldpunt' ? 'connector: postvak' : '';
    const given = settings[target];
    const parts = [connector, given === undefined ? '' : `settings: ${given}`];
    return `  ${target}: { ${parts.filter((part) => part !== '').join(', ')} }`;
  });
  const questions = targets.filter((target) => target === 'magda');
  return [
    `tenant: ${name.toLowerCase()}`,
    `name: ${rank % 10 === 3 ? 'Stad' : 'Gemeente'} ${name}`,
    `bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/${name.toLowerCase()}`,
    `kbo: "0${String(200_000_000 + rank * 97)}"`,
    'connectors:',
    ...connectors,
    'routes:',
    routeOf('melding.ingediend', [main]),
    routeOf('melding.status-gewijzigd', [targets[1]]),
    ...questions.map((target) => routeOf('persoon.opvragen', [target])),
  ].join('\n');
};

/** Declarations of as many invented governments, the largest first. */
export const tenantsYaml = (count: number): string =>
  Array.from({ length: count }, (_, rank) => tenantYaml(rank)).join('\n---\n');
