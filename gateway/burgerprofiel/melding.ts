import type { StoredAttachment } from '#attachments/store.js';
import { busIdOf } from '#bus/envelope.js';
import { digestOf } from '#intake/digest.js';
import { meldingContext, meldingIngediend, statuswaarde } from '#oslo/melding/types.js';
import { placesOf } from '#tenants/burgerprofiel/form.js';
import type { Meldingen } from '#tenants/burgerprofiel/schema.js';
import type { Tenant } from '#tenants/directory.js';
import { sourceOf } from './caller.js';
import { textAt } from './pieces.js';
import type { Submitted } from './submission.js';
import { inDutch } from './words.js';

type Piece = keyof ReturnType<typeof placesOf>;
type Read = (piece: Piece) => string | null;

/** What becomes of a submission, and where each part of it came from. */
export interface Translated {
  readonly event: Readonly<Record<string, unknown>>;
  /** Place in the submission of a place in the event; empty where the event has it of itself. */
  readonly pointerOf: (pointer: string) => string;
}

/** Where a piece ends up, for the reasons of a refusal. */
const destinations: Readonly<Record<string, Piece>> = {
  '/id': 'id',
  '/time': 'submittedAt',
  '/data/identificator': 'id',
  '/data/titel': 'title',
  '/data/meldingstype': 'category',
  '/data/heeftBody/0/beschrijving/@language': 'language',
  '/data/heeftBody/0/beschrijving': 'description',
  '/data/heeftBody/0/geometrie': 'longitude',
  '/data/heeftDoelwit/0/volledigAdres': 'address',
  '/data/heeftDoelwit/0/straatnaam': 'street',
  '/data/heeftDoelwit/0/huisnummer': 'houseNumber',
  '/data/heeftDoelwit/0/busnummer': 'boxNumber',
  '/data/heeftDoelwit/0/postcode': 'postalCode',
  '/data/heeftDoelwit/0/gemeentenaam': 'municipality',
  '/data/heeftStatus/0/statusdatum': 'submittedAt',
  '/data/indiener/registratie': 'insz',
  '/data/indiener/voornaam': 'firstName',
  '/data/indiener/achternaam': 'lastName',
  '/data/indiener/contactinfo/0/email': 'email',
  '/data/indiener/contactinfo/0/telefoon': 'phone',
};

/** Only what says something. */
const known = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const oneOrNone = (type: string, values: Readonly<Record<string, unknown>>): object[] => {
  const said = known(values);
  return Object.keys(said).length === 0 ? [] : [{ '@type': type, ...said }];
};

const pointOf = (read: Read): object | null => {
  const [longitude, latitude] = [read('longitude'), read('latitude')].map((text) =>
    text === null ? Number.NaN : Number(text),
  );
  return Number.isFinite(longitude) && Number.isFinite(latitude)
    ? { '@type': 'Geometrie', wkt: `POINT (${longitude} ${latitude})` }
    : null;
};

const describedIn = (read: Read): unknown => {
  const [text, language] = [read('description'), read('language')];
  return text === null || language === null ? text : { '@value': text, '@language': language };
};

const bodiesOf = (read: Read, attachments: readonly StoredAttachment[]): object[] => [
  ...oneOrNone('MeldingBody', { beschrijving: describedIn(read), geometrie: pointOf(read) }),
  ...attachments.map(({ id }) => ({
    '@type': 'MeldingBody',
    bijlage: `urn:lb-bus:attachment:${id}`,
  })),
];

const placeOf = (read: Read): object[] =>
  oneOrNone('Adresvoorstelling', {
    volledigAdres: read('address'),
    straatnaam: read('street'),
    huisnummer: read('houseNumber'),
    busnummer: read('boxNumber'),
    postcode: read('postalCode'),
    gemeentenaam: read('municipality'),
  });

const classOf = ({ insz, named }: { readonly insz: string | null; readonly named: boolean }) => {
  if (insz !== null) return ['GeregistreerdPersoon', 'Agent'];
  return named ? ['Persoon', 'Agent'] : 'Agent';
};

/** Who says no name and no number is anonymous, and can be reached all the same where it says how. */
const reporterOf = (read: Read): object => {
  const [insz, firstName, lastName] = [read('insz'), read('firstName'), read('lastName')];
  const contactinfo = oneOrNone('Contactpunt', { email: read('email'), telefoon: read('phone') });
  return {
    '@type': classOf({ insz, named: firstName !== null || lastName !== null }),
    ...known({
      registratie: insz === null ? null : { '@type': 'Identificator', identificator: insz },
      voornaam: firstName === null ? null : [firstName],
      achternaam: lastName,
    }),
    ...(contactinfo.length > 0 && { contactinfo }),
  };
};

const submittedStatus = (at: string | null, bestuurseenheid: string): object[] =>
  at === null
    ? []
    : [
        {
          '@type': 'Meldingstatus',
          statusType: { '@id': statuswaarde.ingediend },
          statusdatum: at,
          beschrijving: 'Ingediend',
          statuswijzigingDoor: { '@id': bestuurseenheid },
        },
      ];

/** Lists that hold something. */
const filled = (lists: Readonly<Record<string, readonly object[]>>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

interface Context {
  readonly tenant: Tenant;
  readonly meldingen: Meldingen;
  /** What names a submission that holds no id of its own. */
  readonly idempotencyKey: string | null;
  readonly now: Date;
}

const idOf = ({ submission, attachments }: Submitted, read: Read, key: string | null): string =>
  read('id') ?? key ?? digestOf('', '', [submission, attachments.map(({ id }) => id)]);

const dataOf = (read: Read, { attachments }: Submitted, { tenant, meldingen }: Context) => {
  const category = meldingen.categories.find(({ id }) => id === read('category'));
  const id = read('id');
  const { bestuurseenheid } = tenant;
  return {
    '@context': meldingContext,
    '@type': 'Melding',
    titel: read('title') ?? (category ? inDutch(category.name) : ''),
    meldingstype: category ? [{ '@id': category.meldingstype }] : [],
    indiener: reporterOf(read),
    behandelaar: { '@id': bestuurseenheid },
    heeftBody: bodiesOf(read, attachments),
    ...filled({
      identificator: id === null ? [] : [{ '@type': 'Identificator', identificator: id }],
      heeftStatus: submittedStatus(read('submittedAt'), bestuurseenheid),
      heeftDoelwit: placeOf(read),
    }),
  };
};

/** Translates a submission into the melding that enters. Pure: the same submission gives the same melding. */
export const meldingOf = (submitted: Submitted, context: Context): Translated => {
  const { tenant, meldingen, idempotencyKey, now } = context;
  const places = placesOf(meldingen);
  const read: Read = (piece) => textAt(submitted.submission, places[piece]);
  const id = idOf(submitted, read, idempotencyKey);
  const source = sourceOf(tenant);
  const busId = busIdOf(tenant.id, source, id);
  const subject = (meldingen.iri ?? 'urn:uuid:{id}').replace('{id}', busId);
  return {
    event: {
      specversion: '1.0',
      id,
      source,
      type: meldingIngediend.type,
      subject,
      time: read('submittedAt') ?? now.toISOString(),
      datacontenttype: 'application/ld+json',
      verwerking: meldingen.verwerking,
      data: { '@id': subject, ...dataOf(read, submitted, context) },
    },
    pointerOf: (pointer) => {
      const destination = Object.keys(destinations).find(
        (one) => pointer === one || pointer.startsWith(`${one}/`),
      );
      const piece = destination === undefined ? undefined : destinations[destination];
      return piece === undefined ? '' : places[piece];
    },
  };
};
