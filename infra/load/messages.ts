import {
  meldingAangevuld,
  meldingContext,
  meldingIngediend,
  meldingStatusGewijzigd,
  statuswaarde,
} from '#oslo/melding/types.js';
import type { Person } from './persons.js';
import type { Random } from './random.js';
import { loketType, otherTypes, targets, type LoadTenant, type Target } from './tenants.js';

/** A CloudEvent as an application sends it. */
export interface LoadEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** What an event is about and who it is from. */
export interface About {
  readonly tenant: LoadTenant;
  /** The melding: the last part of its IRI. */
  readonly number: string;
  /** The sender's id of this message. */
  readonly id: string;
  readonly person: Person;
}

export const subjectOf = ({ tenant, number }: Pick<About, 'tenant' | 'number'>): string =>
  `https://meldingen.${tenant.id}.example/id/melding/${number}`;

const eventOf = (about: About, type: string, data: Record<string, unknown>): LoadEvent => ({
  specversion: '1.0',
  id: about.id,
  source: about.tenant.source,
  type,
  subject: subjectOf(about),
  time: new Date().toISOString(),
  datacontenttype: 'application/ld+json',
  verwerking: 'meldingen-openbaar-domein',
  data: { '@context': meldingContext, '@id': subjectOf(about), '@type': 'Melding', ...data },
});

const bodyOf = ({ person }: About, words: string, attachment: string | null) => [
  {
    '@type': 'MeldingBody',
    beschrijving: `${words} ${person.achternaam}, rijksregisternummer ${person.insz}, vraagt een antwoord op ${person.email}.`,
    ...(attachment !== null && { bijlage: attachment }),
  },
];

/** A new melding, handed in by the person. */
export const ingediend = (
  about: About,
  random: Random,
  attachment: string | null = null,
): LoadEvent => {
  const { voornaam, achternaam, email, telefoon } = about.person;
  return eventOf(about, meldingIngediend.type, {
    titel: `Put in het wegdek voor de deur van ${achternaam}`,
    meldingstype: [{ '@id': random.chance(0.3) ? loketType : random.pick(otherTypes) }],
    indiener: {
      '@type': ['Persoon', 'Agent'],
      voornaam: [voornaam],
      achternaam,
      contactinfo: [{ '@type': 'Contactpunt', email, telefoon }],
    },
    behandelaar: { '@id': about.tenant.bestuurseenheid },
    heeftBody: bodyOf(about, 'De put is ongeveer 10 cm diep.', attachment),
  });
};

/** More about a melding. */
export const aangevuld = (about: About, attachment: string | null = null): LoadEvent =>
  eventOf(about, meldingAangevuld.type, {
    heeftBody: bodyOf(about, `Aanvulling ${about.id}.`, attachment),
  });

/** A new status of a melding. */
export const statusGewijzigd = (about: About, random: Random): LoadEvent =>
  eventOf(about, meldingStatusGewijzigd.type, {
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': random.pick(Object.values(statuswaarde)) },
        statusdatum: new Date().toISOString(),
        beschrijving: `Bekeken op vraag van ${about.person.achternaam}`,
        statuswijzigingDoor: { '@id': about.tenant.bestuurseenheid },
      },
    ],
  });

const meldingstypesOf = ({ data }: LoadEvent): unknown[] =>
  Array.isArray(data['meldingstype']) ? (data['meldingstype'] as unknown[]) : [];

/** Where the routes of `declarationsOf` lead an event. */
export const routedTo = (event: LoadEvent): Target[] => {
  if (event.type !== meldingIngediend.type) return [...targets];
  const forLoket = meldingstypesOf(event).some(
    (type) => (type as { '@id'?: unknown })['@id'] === loketType,
  );
  return targets.filter((target) => target !== 'loket' || forLoket);
};
