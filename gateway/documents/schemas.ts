import { messageTypes, schemaOf, type MessageType } from '#oslo/catalogue.js';
import { AckBody, NackBody } from '../postvak/settle.js';

type Schema = Readonly<Record<string, unknown>>;

const string = { type: 'string' };
const integer = { type: 'integer' };
const moment = { type: 'string', format: 'date-time' };
const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });
const list = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (...values: readonly string[]): Schema => ({ enum: values });

/** An object of which every property is always there, except the ones named. */
const object = (properties: Readonly<Record<string, Schema>>, ...optional: string[]): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const status = oneOf('accepted', 'delivered', 'waiting', 'held', 'parked', 'expired', 'discarded');
const links = object({ self: string });

const attempt = object({
  at: moment,
  durationMs: integer,
  outcome: oneOf('delivered', 'retry', 'rejected', 'held', 'parked', 'expired'),
  code: orNull(string),
  detail: orNull(string),
});

const target = {
  target: string,
  status,
  externalId: orNull(string),
  nextAttemptAt: orNull(moment),
  acknowledgedAt: orNull(moment),
};

const message = {
  id: string,
  status,
  type: string,
  source: string,
  senderId: string,
  subject: string,
  acceptedAt: moment,
  expiresAt: orNull(moment),
};

const messageLinks = object({ self: string, answer: string });

const problem = object(
  {
    type: string,
    title: string,
    status: integer,
    detail: string,
    instance: string,
    code: string,
    errors: list(object({ pointer: string, code: string, detail: string })),
    more: integer,
  },
  'errors',
  'more',
);

const envelope = {
  specversion: { const: '1.0' },
  id: { type: 'string', minLength: 1, maxLength: 128 },
  source: { type: 'string', format: 'uri' },
  type: { enum: [...messageTypes.keys()] },
  subject: { type: 'string', format: 'iri' },
  time: moment,
  datacontenttype: oneOf('application/ld+json', 'application/json'),
  verwerking: string,
  traceparent: string,
  correlationid: string,
  causationid: string,
  data: { type: 'object' },
};
const optionalAttributes = ['verwerking', 'traceparent', 'correlationid', 'causationid'];

const cloudEvent = object(envelope, ...optionalAttributes);

/** Why there is no answer: a CloudEvent whose data is a problem. */
const notAnswered = object(
  {
    ...envelope,
    type: { const: 'be.lbbus.vraag.niet-beantwoord.v1' },
    datacontenttype: { const: 'application/problem+json' },
    data: object({ type: string, title: string, detail: string, code: string }),
  },
  ...optionalAttributes,
);

const typesOf = (chosen: (kind: MessageType['kind']) => boolean): string[] =>
  [...messageTypes.values()].filter(({ kind }) => chosen(kind)).map(({ type }) => type);

/** One event per type: the envelope with the data that this type carries. */
const eventOf = (type: string): Schema => ({
  allOf: [
    ref('CloudEvent'),
    { type: 'object', properties: { type: { const: type }, data: ref(type) } },
  ],
});

export const eventName = (type: string): string => `${type}.event`;

const definitionName = (type: string, name: string): string => `${type}.${name}`;

/** The same schema with its `#/$defs/…` as components. */
const withComponents = (node: unknown, type: string): unknown => {
  if (Array.isArray(node)) return node.map((each) => withComponents(each, type));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, ref(definitionName(type, value.replace('#/$defs/', '')))['$ref']]
        : [key, withComponents(value, type)],
    ),
  );
};

const notInComponents = ['$id', '$schema', '$defs'];

/** A type and its definitions as components of their own: most generators know no `$id` and no `$defs`. */
const componentsOf = (type: string): [string, Schema][] => {
  const whole = schemaOf(type) ?? {};
  const root = Object.entries(whole).filter(([key]) => !notInComponents.includes(key));
  const definitions = Object.entries((whole['$defs'] ?? {}) as Record<string, Schema>);
  const named = definitions.map(([name, each]) => [definitionName(type, name), each] as const);
  return [[type, Object.fromEntries(root)] as const, ...named].map(([name, each]) => [
    name,
    withComponents(each, type) as Schema,
  ]);
};

const typeSchemas = [...messageTypes.keys()].flatMap((type) => [
  ...componentsOf(type),
  [eventName(type), eventOf(type)] as const,
]);

/** The shapes of everything the door takes and gives; those of the data come from the catalogue. */
export const schemas: Readonly<Record<string, Schema>> = {
  Problem: problem,
  CloudEvent: cloudEvent,
  Event: { oneOf: typesOf((kind) => kind !== 'answer').map((type) => ref(eventName(type))) },
  Answer: {
    oneOf: [
      ...typesOf((kind) => kind === 'answer').map((type) => ref(eventName(type))),
      ref('NotAnswered'),
    ],
  },
  NotAnswered: notAnswered,
  Accepted: object({ id: string, status: { const: 'accepted' }, links }),
  BatchResults: object({
    results: list(
      object(
        { index: integer, status: integer, id: string, links, problem: ref('Problem') },
        'id',
        'links',
        'problem',
      ),
    ),
  }),
  Status: object({
    ...message,
    targets: list(object({ ...target, attempts: list(attempt) })),
    conflicts: list(string),
    links: messageLinks,
  }),
  Messages: object({
    messages: list(object({ ...message, targets: list(object(target)), links: messageLinks })),
    next: orNull(string),
  }),
  Attachment: object({
    id: string,
    uri: string,
    sha256: string,
    size: integer,
    contentType: string,
  }),
  Pulled: object({
    messages: list(object({ lease: string, leasedUntil: moment, event: { type: 'object' } })),
  }),
  Ack: AckBody,
  Nack: NackBody,
  Acknowledged: object({ acknowledged: integer, unknown: list(string) }),
  Released: object({ released: integer, unknown: list(string) }),
  Ready: object({ ready: { type: 'boolean' }, reason: string }, 'reason'),
  ...Object.fromEntries(typeSchemas),
};
