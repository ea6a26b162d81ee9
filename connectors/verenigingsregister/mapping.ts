import type { Derived, Message } from '#kit/message.js';
import { cutText, oneLine, printable } from '#kit/text.js';
import { isEmail, isIri } from '#oslo/formats.js';
import type {
  Adresvoorstelling,
  Contactpunt,
  VerenigingOpgevraagd,
  VerenigingOpvragen,
  Vestiging,
} from '#oslo/generated/vereniging.js';
import { verenigingContext, verenigingOpgevraagd } from '#oslo/vereniging/types.js';
import type { RegisterSettings } from './settings.js';
import type { Adres, Contactgegeven, Locatie, Vereniging } from './vereniging.js';

/** A question as the register takes it. */
export interface Question {
  readonly vCode: string;
  /** The official who asks, as the application states him; null where it does not. */
  readonly endUser: string | null;
}

/** What may stand in the header: an id without blanks, and no INSZ. */
const headerText = /^(?!\d{11}$)[\x21-\x7e]{1,100}$/;

/** The vCode and who asks. */
export const toQuestion = ({ data, event }: Message<VerenigingOpvragen>): Question => {
  const { gebruiker } = event;
  const isId = typeof gebruiker === 'string' && headerText.test(gebruiker);
  return { vCode: data.identificator[0].identificator, endUser: isId ? gebruiker : null };
};

/** Where the JSON-LD context of the register puts associations, activities and addresses. */
const bases = {
  vereniging: 'https://data.lblod.info/id/verenigingen/',
  activiteit: 'http://data.lblod.info/id/concept/activiteit/',
  adres: 'https://data.vlaanderen.be/id/adres/',
};

/** Longest line and longest list of the answer (schema of vereniging.opgevraagd). */
const lineLength = 255;
const most = 100;

const line = (text: string | null | undefined): string | undefined => {
  const one = cutText(oneLine(text ?? ''), lineLength);
  return one === '' ? undefined : one;
};

const paragraph = (text: string | null | undefined): string | undefined => {
  const whole = cutText(printable(text ?? '').trim(), 50_000);
  return whole === '' ? undefined : whole;
};

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is not known. */
const known = <T extends object>(parts: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined),
  ) as Defined<T>;

const listed = <T>(items: readonly T[]): T[] | undefined =>
  items.length === 0 ? undefined : items.slice(0, most);

/** An IRI of a code list, where the code makes one. */
const conceptsOf = (iris: readonly string[]): { '@id': string }[] =>
  [...new Set(iris)].filter(isIri).map((iri) => ({ '@id': iri }));

/** `act:…` in the context of the register; an activity without id by its code. */
const activityOf = ({ '@id': id, code }: Vereniging['verenigingstype']): string => {
  const local = id?.startsWith('act:') === true ? id.slice('act:'.length) : undefined;
  return local === undefined ? (id ?? `${bases.activiteit}${code}`) : `${bases.activiteit}${local}`;
};

const webAddress = (text: string): string | undefined =>
  /^https?:/i.test(text) && isIri(text) ? text : undefined;

/** By its type in the register; a profile on a social medium is an address on the web. */
const means: Readonly<Record<string, (value: string) => Defined<Contactpunt>>> = {
  'E-mail': (value) => known({ email: isEmail(value) ? value : undefined }),
  Telefoon: (value) => known({ telefoon: line(value) }),
  Website: (value) => known({ website: webAddress(value) }),
  SocialMedia: (value) => known({ website: webAddress(value) }),
};

const contactpuntOf = (one: Contactgegeven): Contactpunt[] => {
  const found =
    new Map(Object.entries(means)).get(one.contactgegeventype)?.(one.waarde.trim()) ?? {};
  if (Object.keys(found).length === 0) return [];
  return [{ '@type': 'Contactpunt', ...known({ naam: line(one.beschrijving) }), ...found }];
};

/** Only addresses of the register of addresses can be referred to. */
const referenceOf = ({ adresId }: Locatie): { '@id': string } | undefined => {
  const iri = adresId?.broncode === 'AR' ? adresId.bronwaarde : '';
  return iri.startsWith(bases.adres) && isIri(iri) ? { '@id': iri } : undefined;
};

const adresOf = (locatie: Locatie): Adresvoorstelling | undefined => {
  const { straatnaam, huisnummer, busnummer, postcode, gemeente, land }: Adres =
    locatie.adres ?? {};
  const parts = known({
    straatnaam: line(straatnaam),
    huisnummer: line(huisnummer),
    busnummer: line(busnummer),
    postcode: line(postcode),
    gemeentenaam: line(gemeente),
    land: line(land),
    volledigAdres: line(locatie.adresvoorstelling),
    verwijstNaar: referenceOf(locatie),
  });
  return Object.keys(parts).length === 0 ? undefined : { '@type': 'Adresvoorstelling', ...parts };
};

const vestigingOf = (locatie: Locatie): Vestiging[] => {
  const adres = adresOf(locatie);
  if (!adres) return [];
  const naam = line(locatie.naam) ?? line(locatie.locatietype);
  return [
    {
      '@type': 'Vestiging',
      vestigingsAdres: { '@type': 'Contactpunt', ...known({ naam }), adres },
    },
  ];
};

/** The vCode first, then the numbers that other registers gave. */
const identificatorsOf = ({
  vCode,
  sleutels = [],
}: Vereniging): VerenigingOpgevraagd['identificator'] => [
  { '@type': 'Identificator', identificator: vCode },
  ...sleutels
    .filter(({ bron, waarde }) => bron !== 'VR' && line(waarde) !== undefined)
    .slice(0, most - 1)
    .map(({ bron, waarde }) => ({
      '@type': 'Identificator' as const,
      ...known({ identificator: line(waarde), toegekendDoorString: line(bron) }),
    })),
];

const otherNames = ({ naam, roepnaam, korteNaam }: Vereniging): string[] =>
  [...new Set([line(roepnaam), line(korteNaam)])].filter(
    (name): name is string => name !== undefined && name !== line(naam),
  );

/** An association as OSLO Feitelijke verenigingen has it. */
const toOslo = (
  one: Vereniging,
  { typeConcepts, statusConcepts }: RegisterSettings,
): VerenigingOpgevraagd => {
  const [status] = conceptsOf([`${statusConcepts}${one.status.toLowerCase()}`]);
  return {
    '@context': verenigingContext,
    '@id': `${bases.vereniging}${one.vCode}`,
    '@type': 'Vereniging',
    identificator: identificatorsOf(one),
    voorkeursnaam: line(one.naam) ?? one.vCode,
    ...known({
      alternatieveNaam: listed(otherNames(one)),
      beschrijving: paragraph(one.korteBeschrijving),
      classificatie: listed(conceptsOf([`${typeConcepts}${one.verenigingstype.code}`])),
      activiteit: listed(conceptsOf((one.hoofdactiviteitenVerenigingsloket ?? []).map(activityOf))),
      status,
      contactinfo: listed((one.contactgegevens ?? []).flatMap(contactpuntOf)),
      heeftVestiging: listed((one.locaties ?? []).flatMap(vestigingOf)),
    }),
  };
};

/** What the register knows of the association that was asked for. */
export const fromRegister = (
  one: Vereniging,
  { busId, time }: Message<VerenigingOpvragen>,
  settings: RegisterSettings,
): Derived => ({
  type: verenigingOpgevraagd.type,
  id: busId,
  time,
  data: toOslo(one, settings),
});
