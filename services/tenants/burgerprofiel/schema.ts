import { Type, type Static } from '@sinclair/typebox';
import { closed, iri, list, matching, name, text } from '../declared-parts.js';
import {
  attestPagePlaces,
  attestPlaces,
  categoryPlaces,
  configurationPlaces,
  movedPlaces,
  progressPlaces,
  submissionPlaces,
} from './places.js';

const scope = () => matching('^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}$', 'one OAuth 2 scope');
const verwerking = () => text('the id of a processing activity', { maxLength: 256 });
const httpsOnly = (description: string, after = '') =>
  matching(`^https://[^\\s<>"{}|\\\\^\`]+${after}$`, description);

const words = Type.Union(
  [text('a name'), Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), text('a name'), closed)],
  { description: 'a name in Dutch, or names by language: { nl: …, fr: … }' },
);

const category = Type.Object(
  {
    id: matching('^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', 'letters, digits, dots and dashes'),
    name: words,
    meldingstype: matching(iri, 'the IRI of the meldingstype'),
  },
  { ...closed, description: 'a category: { id: …, name: …, meldingstype: … }' },
);

const attachments = Type.Object(
  {
    most: Type.Optional(Type.Integer({ minimum: 0, maximum: 20, description: '0 to 20' })),
    maxBytes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 104_857_600, description: '1 to 104857600' }),
    ),
    types: Type.Optional(
      list(matching('^[a-z0-9.+-]+/[a-z0-9.+-]+$', 'a media type'), 'media types, each once'),
    ),
    part: Type.Optional(text('the name of the part that holds the submission', { maxLength: 100 })),
  },
  { ...closed, description: '{ most: …, maxBytes: …, types: […], part: … }' },
);

const meldingen = Type.Object(
  {
    scope: Type.Optional(scope()),
    verwerking: verwerking(),
    system: Type.Optional(matching(name, 'the name of a connector of this tenant')),
    iri: Type.Optional(
      matching(
        '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+\\{id\\}[^\\s<>"{}|\\\\^`]*$',
        'an IRI in which {id} stands once',
      ),
    ),
    categories: Type.Array(category, {
      description: 'a list of at least one category',
      minItems: 1,
      maxItems: 500,
    }),
    schema: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'a JSON Schema (2020-12) of what is submitted',
      }),
    ),
    mapping: Type.Optional(movedPlaces(submissionPlaces, 'where to read what is submitted')),
    attachments: Type.Optional(attachments),
    names: Type.Optional(
      Type.Object(
        {
          configuration: Type.Optional(
            movedPlaces(configurationPlaces, 'where to write the configuration'),
          ),
          category: Type.Optional(movedPlaces(categoryPlaces, 'where to write a category')),
          answer: Type.Optional(movedPlaces(progressPlaces, 'where to write the answer')),
        },
        { ...closed, description: '{ configuration: …, category: …, answer: … }' },
      ),
    ),
  },
  { ...closed, description: 'an object with verwerking and categories' },
);

const attesten = Type.Object(
  {
    scope: scope(),
    verwerking: verwerking(),
    waitSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, description: '1 to 30' })),
    names: Type.Optional(
      Type.Object(
        {
          certificate: Type.Optional(movedPlaces(attestPlaces, 'where to write an attest')),
          page: Type.Optional(movedPlaces(attestPagePlaces, 'where to write the page')),
        },
        { ...closed, description: '{ certificate: …, page: … }' },
      ),
    ),
  },
  { ...closed, description: 'an object with scope and verwerking' },
);

const form = Type.Object(
  {
    id: text('the id of the form', { maxLength: 128 }),
    productId: text('the id of the product', { maxLength: 128 }),
    audience: text('the audience of the token', { maxLength: 500 }),
    embed: httpsOnly(
      'an https address, with {TEMP_SSO_TOKEN} where the token comes',
      '(?:\\{TEMP_SSO_TOKEN\\}[^\\s<>"{}|\\\\^`]*)?',
    ),
    fallback: httpsOnly('an https address'),
    ssoTokenRegistrationApi: httpsOnly('an https address'),
    thirdPartyCookieApi: httpsOnly('an https address'),
  },
  { ...closed, description: 'a form: id, productId, audience and four https addresses' },
);

const forms = Type.Object(
  {
    scope: scope(),
    items: Type.Array(form, { description: 'a list of forms', maxItems: 5_000 }),
  },
  { ...closed, description: 'an object with scope and items' },
);

/** What Mijn Burgerprofiel may ask of a tenant; an interface that is not there does not exist for it. */
export const declaredBurgerprofiel = Type.Object(
  {
    issuer: matching('^https?://', 'the address of the issuer of its tokens'),
    clients: Type.Array(text('a client id'), {
      description: 'a list of the clients that may call, each once',
      minItems: 1,
      uniqueItems: true,
    }),
    meldingen: Type.Optional(meldingen),
    attesten: Type.Optional(attesten),
    forms: Type.Optional(forms),
  },
  { ...closed, description: 'an object with issuer, clients, meldingen, attesten and forms' },
);

export type Burgerprofiel = Static<typeof declaredBurgerprofiel>;
export type Meldingen = Static<typeof meldingen>;
export type Attesten = Static<typeof attesten>;
export type Form = Static<typeof form>;
