import { Type, type Static } from '@sinclair/typebox';
import { declaredBurgerprofiel } from './burgerprofiel/schema.js';
import { closed, iri, list, matching, name, text } from './declared-parts.js';

const secretName = '^[a-z0-9][a-z0-9._-]{0,63}$';
const host = '^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])$';

const secretReference = Type.Object(
  { secret: matching(secretName, 'a name of lower-case letters, digits, dots and dashes') },
  { ...closed, description: 'a secret by its name: { secret: name }' },
);

const connector = Type.Object(
  {
    connector: Type.Optional(text('the id of a connector')),
    settings: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'the settings of the connector' }),
    ),
    hook: Type.Optional(
      Type.Union([Type.Literal(true), Type.Object({ token: secretReference }, closed)], {
        description: 'true, for a token of our own, or { token: { secret: name } }',
      }),
    ),
    enabled: Type.Optional(Type.Boolean({ description: 'true or false' })),
  },
  { ...closed, description: 'an object with settings' },
);

const route = Type.Object(
  {
    when: Type.Object({ type: text('a message type') }, { ...closed, description: '{ type: … }' }),
    filter: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'one filter, such as exact' }),
    ),
    to: Type.Array(matching(name, 'the name of a connector of this tenant'), {
      description: 'a list of at least one connector of this tenant, each once',
      minItems: 1,
      uniqueItems: true,
    }),
  },
  { ...closed, description: 'an object with when and to' },
);

const credential = Type.Object(
  {
    name: matching(name, 'a name of lower-case letters, digits and dashes'),
    keys: Type.Optional(
      Type.Array(
        Type.Union(
          [
            secretReference,
            Type.Object({ sha256: matching('^[0-9a-f]{64}$', 'SHA-256 in hex') }, closed),
          ],
          { description: '{ secret: name } or { sha256: 64 hexadecimal digits }' },
        ),
        { description: 'a list of at most two API keys', maxItems: 2 },
      ),
    ),
    oauth: Type.Optional(
      Type.Object(
        { issuer: matching('^https?://', 'the address of the issuer'), clientId: text('a client') },
        { ...closed, description: '{ issuer: …, clientId: … }' },
      ),
    ),
    sources: Type.Optional(
      list(matching(`${iri}|^\\*$`, 'an absolute URI, or "*"'), 'a list of sources, each once'),
    ),
    types: Type.Optional(list(text('a message type, or "*"'), 'a list of types, each once')),
    postvakken: Type.Optional(
      list(matching(name, 'the name of a postvak'), 'a list of postvakken, each once'),
    ),
    system: Type.Optional(matching(name, 'the name of a connector of this tenant')),
    expires: Type.Optional(
      matching(
        '^\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}(?:Z|[+-]\\d{2}:\\d{2}))?$',
        'a day, 2027-01-31, or a moment, 2027-01-31T12:00:00Z',
      ),
    ),
  },
  { ...closed, description: 'an object with a name' },
);

/** One tenant as declared in YAML; the console's form and the errors of "apply" come from the same schema. */
export const declaredSchema = Type.Object(
  {
    tenant: matching('^[a-z][a-z0-9-]{1,39}$', '2 to 40 lower-case letters, digits and dashes'),
    name: text('the name of the government'),
    bestuurseenheid: matching(iri, 'the IRI of the bestuurseenheid'),
    kbo: matching('^[01]\\d{9}$', 'ten digits in quotes, such as "0207433216"'),
    verwerkingen: Type.Optional(
      list(
        text('the id of a processing activity', { maxLength: 256 }),
        'a list of processing activities, each once',
      ),
    ),
    rate: Type.Optional(
      Type.Object(
        {
          perSecond: Type.Integer({ minimum: 1, maximum: 10_000, description: '1 to 10000' }),
          burst: Type.Integer({ minimum: 1, maximum: 100_000, description: '1 to 100000' }),
        },
        { ...closed, description: '{ perSecond: …, burst: … }' },
      ),
    ),
    allowedHosts: Type.Optional(
      list(matching(host, 'a host name or IP address, without port'), 'a list of hosts, each once'),
    ),
    connectors: Type.Optional(
      Type.Record(Type.String({ pattern: name }), connector, {
        ...closed,
        description: 'connectors by name: lower-case letters, digits and dashes',
      }),
    ),
    routes: Type.Optional(Type.Array(route, { description: 'a list of routes' })),
    credentials: Type.Optional(Type.Array(credential, { description: 'a list of credentials' })),
    burgerprofiel: Type.Optional(declaredBurgerprofiel),
  },
  { ...closed, description: 'a tenant: an object with tenant, name, bestuurseenheid and kbo' },
);

export type Declared = Static<typeof declaredSchema>;
export type DeclaredConnector = Static<typeof connector>;
export type DeclaredRoute = Static<typeof route>;
export type DeclaredCredential = Static<typeof credential>;
