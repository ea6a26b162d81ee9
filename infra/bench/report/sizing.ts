/** What `growth` measured of one message of 2 KB, with one process of each role. */
interface Measured {
  readonly gateway?: number;
  readonly delivery?: number;
  readonly monitoring?: number;
  readonly PostgreSQL?: number;
  readonly RabbitMQ?: number;
  readonly bytesPerMessage?: number;
}

const inhabitants = 6_800_000;
const governments = 300;
/** Assumptions; whoever knows better puts others in their place. */
const assumed = {
  meldingenPerInhabitant: 1,
  messagesPerMelding: 6,
  otherPerInhabitant: 4,
  workingDays: 250,
  hoursPerDay: 8,
  peakFactor: 5,
  load: 0.5,
  keptDays: 400,
};

const openZaakPerMillion = 47;

const number = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');

const parts = ['gateway', 'delivery', 'monitoring', 'PostgreSQL', 'RabbitMQ'] as const;

const coresLines = (measured: Measured, peak: number): string[] =>
  parts.map((part) => {
    const ms = measured[part] ?? 0;
    const busy = (peak * ms) / 1_000;
    return `- ${part}: ${number(peak)} × ${ms.toFixed(2)} ms = ${busy.toFixed(2)} cores busy, ÷ ${assumed.load} = **${(busy / assumed.load).toFixed(1)} cores**`;
  });

const totalCores = (measured: Measured, peak: number): number =>
  parts.reduce((sum, part) => sum + (peak * (measured[part] ?? 0)) / 1_000, 0) / assumed.load;

/** What all of Flanders would need, with its arithmetic, in Markdown; it says so where nothing was measured. */
export const sizingOf = (measured: Measured | undefined): string[] => {
  if (!measured?.bytesPerMessage) return ['`growth` was not run: there is nothing to reckon with.'];
  const perInhabitant =
    assumed.meldingenPerInhabitant * assumed.messagesPerMelding + assumed.otherPerInhabitant;
  const perYear = inhabitants * perInhabitant;
  const usual = perYear / assumed.workingDays / assumed.hoursPerDay / 3_600;
  const peak = usual * assumed.peakFactor;
  const openZaakPeak = (inhabitants / 1_000_000) * openZaakPerMillion;
  const kept = (perYear / 365) * assumed.keptDays;
  const storedGb = (kept * measured.bytesPerMessage) / 1e9;
  return [
    `On paper, for ${governments} governments and ${number(inhabitants)} inhabitants. The first list is assumed and not measured: put your own numbers in its place.`,
    '',
    `- A melding per inhabitant and year, ${assumed.messagesPerMelding} messages each (handed in, added to, changes of status, told to the citizen), and ${assumed.otherPerInhabitant} other messages: ${perInhabitant} per inhabitant and year.`,
    `- ${number(inhabitants)} × ${perInhabitant} = **${number(perYear)} messages a year**.`,
    `- All of it in ${assumed.workingDays} working days of ${assumed.hoursPerDay} hours: ${number(perYear)} ÷ (${assumed.workingDays} × ${assumed.hoursPerDay} × 3,600) = ${usual.toFixed(1)} per second.`,
    `- The busiest moment, such as a storm, is ${assumed.peakFactor} times that: **${peak.toFixed(0)} messages per second**.`,
    `- No core is to be busier than ${assumed.load * 100} %.`,
    '',
    'With what was measured of a message of 2 KB, accepted, delivered to one system, recorded and collected:',
    '',
    ...coresLines(measured, peak),
    `- Together **${totalCores(measured, peak).toFixed(1)} cores** of a machine such as this one. Twice that stays up when one of two machines fails.`,
    `- Open Zaak reckons with ${openZaakPerMillion} requests a second for a million inhabitants (its documentation of hardware): ${openZaakPeak.toFixed(0)} messages per second, **${totalCores(measured, openZaakPeak).toFixed(1)} cores**.`,
    `- Kept for ${assumed.keptDays} days: ${number(kept)} messages × ${number(measured.bytesPerMessage)} bytes = **${number(storedGb)} GB** in PostgreSQL. That is the most: contents go after 30 days and steps after 90, see [what is stored](operate/storage.md).`,
    `- Queues: ${governments} × 8 systems = ${number(governments * 8)}; what they take is under \`tenants\`.`,
  ];
};
