import { createHash } from 'node:crypto';
import { bestuurseenheidOf, places, type Place, type Position } from './places.js';
import { senderOf, type Choose } from './senders.js';
import { readStories, type Season, type Story } from './stories.js';
import { whereabouts, wktOf, type Notation, type Whereabouts } from './whereabouts.js';

const dayMs = 86_400_000;
/** First day and number of days of the year that the meldingen tell of, and of each season in it. */
const year = ['2025-02-15', 350] as const;
const seasons: Readonly<Record<Season, readonly [string, number]>> = {
  lente: ['2025-03-25', 60],
  zomer: ['2025-06-20', 70],
  herfst: ['2025-10-10', 45],
  winter: ['2025-12-20', 45],
};
const notations: readonly Notation[] = ['wgs84', 'wgs84', 'wgs84', 'lambert72', 'crs84'];

/** Chance that is the same each time: made of the words that name what is chosen. */
const chooserOf =
  (about: string): Choose =>
  (words, limit) =>
    createHash('sha256').update(`${about}|${words}`).digest().readUInt32BE() % limit;

const momentOf = (story: Story, choose: Choose): Date => {
  const [first, days] = story.seizoen ? seasons[story.seizoen] : year;
  const secondOfDay = 6 * 3600 + choose('second', 16 * 3600);
  return new Date(Date.parse(first) + choose('day', days) * dayMs + secondOfDay * 1000);
};

const positionOf = ({ near }: Whereabouts, choose: Choose): Position => [
  near[0] + (choose('east', 1000) - 500) * 0.000011,
  near[1] + (choose('north', 1000) - 500) * 0.000007,
];

const textOf = ({ tekst, taal }: Story, choose: Choose): unknown =>
  taal !== undefined || choose('language', 5) === 0
    ? { '@value': tekst, '@language': taal ?? 'nl' }
    : tekst;

const geometryOf = (story: Story, where: Whereabouts, choose: Choose): object => {
  const isDrawn = story.zonder === 'adres' || choose('point', 8) > 0;
  if (!isDrawn) return {};
  const notation = notations[choose('notation', notations.length)] ?? 'wgs84';
  const wkt = wktOf(positionOf(where, choose), story.vorm ?? 'punt', notation);
  return { geometrie: { '@type': 'Geometrie', wkt } };
};

const bodiesOf = (story: Story, where: Whereabouts, choose: Choose): object[] => {
  const photo = story.foto === undefined ? {} : { bijlage: `photo:${story.foto}` };
  const hasOwnBody = story.foto !== undefined && choose('photo', 3) === 0;
  const first = {
    '@type': 'MeldingBody',
    beschrijving: textOf(story, choose),
    ...(hasOwnBody ? {} : photo),
    ...geometryOf(story, where, choose),
  };
  const more = (story.ook ?? []).map((text) => ({ '@type': 'MeldingBody', beschrijving: text }));
  return [first, ...more, ...(hasOwnBody ? [{ '@type': 'MeldingBody', ...photo }] : [])];
};

const addressOf = ({ street, houseNumber, postcode, municipality }: Whereabouts): object => ({
  '@type': 'Adresvoorstelling',
  straatnaam: { '@value': street, '@language': 'nl' },
  ...(houseNumber !== null && { huisnummer: houseNumber }),
  postcode,
  gemeentenaam: { '@value': municipality, '@language': 'nl' },
});

interface Report {
  readonly place: Place;
  readonly story: Story;
  readonly at: Date;
  readonly choose: Choose;
}

const dataOf = ({ place, story, at, choose }: Report, number: string): object => {
  const [type = '', line = '', titel = ''] = story.melding.split(' · ');
  const where = whereabouts(line, place);
  const behandelaar = { '@id': bestuurseenheidOf(place) };
  return {
    '@context': 'urn:lb-bus:context:melding:v1',
    '@id': `https://meldingen.${place.id}.example/id/melding/${number}`,
    '@type': 'Melding',
    identificator: [{ '@type': 'Identificator', identificator: number }],
    titel,
    ...(story.kort !== undefined && { samenvatting: story.kort }),
    meldingstype: [{ '@id': `https://data.${place.id}.example/id/concept/Meldingstype/${type}` }],
    indiener: senderOf(story, choose),
    behandelaar: {
      ...behandelaar,
      '@type': ['PubliekeOrganisatie', 'Agent'],
      voorkeursnaam: { '@value': place.name, '@language': 'nl' },
    },
    heeftBody: bodiesOf(story, where, choose),
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/511' },
        statusdatum: at.toISOString().replace('.000Z', 'Z'),
        beschrijving: 'Ingediend',
        statuswijzigingDoor: behandelaar,
      },
    ],
    ...(story.zonder !== 'adres' && { heeftDoelwit: [addressOf(where)] }),
  };
};

const eventOf = (report: Report, count: number): object => {
  const { place, at } = report;
  const number = `${at.getUTCFullYear()}-${String(count).padStart(6, '0')}`;
  const data = dataOf(report, number);
  return {
    specversion: '1.0',
    id: number,
    source: `urn:lb:${place.id}:meldpunt`,
    type: 'be.lbbus.melding.ingediend.v1',
    subject: `https://meldingen.${place.id}.example/id/melding/${number}`,
    time: at.toISOString().replace('.000Z', 'Z'),
    datacontenttype: 'application/ld+json',
    verwerking: 'meldingen-openbaar-domein',
    data,
  };
};

const reportsOf = (place: Place, stories: readonly Story[]): Report[] =>
  stories.map((story) => {
    const choose = chooserOf(`${place.id}|${story.melding}`);
    return { place, story, at: momentOf(story, choose), choose };
  });

/** The meldingen of the proeftuin as NDJSON, oldest first. */
const generate = (): Record<string, string> => {
  const stories = readStories();
  const reports = places
    .flatMap((place) => reportsOf(place, stories.get(place.id) ?? []))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  const counts = new Map<string, number>();
  const lines = reports.map((report) => {
    const count = (counts.get(report.place.id) ?? 0) + 1;
    counts.set(report.place.id, count);
    return JSON.stringify(eventOf(report, count));
  });
  return { 'infra/proeftuin/meldingen.ndjson': `${lines.join('\n')}\n` };
};

export default generate;
