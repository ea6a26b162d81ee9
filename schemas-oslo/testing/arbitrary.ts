import { Ajv2020 } from 'ajv/dist/2020.js';
import fc, { type Arbitrary } from 'fast-check';
import { messageTypes, schemaOf } from '../catalogue.js';
import { formats, isIri } from '../formats.js';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const text = (maxLength: number): Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength }),
      fc.string({ unit: 'binary', minLength: 1, maxLength }),
      fc.constantFrom("'s-Gravenwezel", 'Ωμέγα', 'مرحبا', '🚲', '</b>', '{{7*7}}', ' ', '\n'),
    )
    .filter((value) => !/[\u0000\ud800-\udfff]/u.test(value));

/** Sometimes one of few, so that two things in a message are called the same. */
const iri = fc.oneof(
  { weight: 20, arbitrary: fc.uuid().map((uuid) => `urn:uuid:${uuid}`) },
  { weight: 4, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  {
    weight: 4,
    arbitrary: text(20)
      .map((value) => `https://voorbeeld.example/${value}`)
      .filter(isIri),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'https://straten.example/Éénhoornstraße?q=%C3%A9#x',
      'mailto:an@example.org',
      'https://data.voorbeeld.example/id/a',
      'https://data.voorbeeld.example/id/b',
    ),
  },
);

const moment = fc
  .tuple(
    fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom('Z', '+01:00', '-14:00', '+05:45'),
    fc.boolean(),
  )
  .map(([date, zone, fraction]) => date.toISOString().slice(0, fraction ? 23 : 19) + zone);

const position = fc
  .tuple(fc.integer({ min: -18000, max: 18000 }), fc.integer({ min: -9000, max: 9000 }))
  .map(([x, y]) => `${x / 100} ${y / 100}`);
const crs = fc.constantFrom('', 'OGC/1.3/CRS84', 'EPSG/0/31370', 'EPSG/0/3812');
const geometry = fc.oneof(
  position.map((at) => `POINT (${at})`),
  fc.array(position, { minLength: 2, maxLength: 5 }).map((line) => `LINESTRING(${line.join()})`),
  fc
    .array(position, { minLength: 3, maxLength: 5 })
    .map((ring) => `Polygon ((${[...ring, ring[0]].join(', ')}))`),
);
const wkt = fc
  .tuple(crs, geometry)
  .map(([name, shape]) => (name ? `<http://www.opengis.net/def/crs/${name}> ${shape}` : shape));

const digits = (length: number): Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((value) => String(value).padStart(length, '0'));
const checked = (front: string, counted = front): string =>
  front + String(97 - (Number(counted) % 97)).padStart(2, '0');

/** Of an invented person: the month is 60 higher. */
const insz = fc
  .tuple(digits(2), fc.integer({ min: 61, max: 72 }), fc.integer({ min: 0, max: 31 }), digits(3))
  .map(([year, month, day, serial]) => `${year}${month}${String(day).padStart(2, '0')}${serial}`)
  .chain((front) => fc.constantFrom(checked(front), checked(front, `2${front}`)));
const datum = fc
  .tuple(
    fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom(4, 7, 10),
  )
  .map(([date, length]) => date.toISOString().slice(0, length));

const byFormat: Record<string, Arbitrary<string>> = {
  datum,
  insz,
  kbo: digits(7).map((front) => checked(`0${front}`)),
  vcode: digits(7).map((number) => `V${number}`),
  iri,
  'date-time': moment,
  wkt,
  email: fc.oneof(fc.emailAddress(), fc.constant('zoë@bücher.example')),
};

const byViolation: Record<string, Arbitrary<string>> = {
  'language.tag': fc.constantFrom('nl', 'fr', 'en', 'de-BE', 'ar', 'zh-Hant-TW'),
  'format.bijlage': fc.constantFrom(
    'urn:lb-bus:attachment:0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b',
    'https://voorbeeld.example/foto.jpg',
  ),
};

/** Numbers with letters, such as house numbers; what other patterns ask is said by a format or a violation. */
const byPattern = ({ pattern, maxLength }: Node): Arbitrary<string> | undefined =>
  typeof pattern === 'string' && pattern.startsWith('^[0-9')
    ? fc.stringMatching(new RegExp(pattern), { maxLength: Number(maxLength) })
    : undefined;

const formless = (node: Node): Arbitrary<string> =>
  byPattern(node) ?? text(Math.min(Number(node['maxLength']), 30));

const branchesOf = (node: Node): Node[] =>
  [node['then'], node['else']]
    .filter(isNode)
    .flatMap((branch) => ('if' in branch ? branchesOf(branch) : [branch]))
    .filter((branch) => '$ref' in branch || 'type' in branch || 'enum' in branch);

/** Of the two names of one property only the first is used. */
const synonyms = ['contactnaam', 'fax'];

const hasContent = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.some((body: object) => 'beschrijving' in body || 'geometrie' in body);

/** The rules that stand beside a reference or a list. */
const obeys = ({ violation }: Node, value: unknown): boolean => {
  if (violation === 'pattern.blank') return /[\p{L}\p{N}\p{P}\p{S}]/u.test(String(value));
  return !String(violation).startsWith('cardinality.') || hasContent(value);
};

/** The schema of a type adds rules to the melding that all types share. */
const rootOf = (schema: Node): Node => {
  const base = (schema['$defs'] as Record<string, Node>)['Meldinggegevens'] ?? {};
  const properties = { ...(base['properties'] as Record<string, Node>) };
  for (const [name, rule] of Object.entries(schema['properties'] as Record<string, Node>))
    properties[name] = { ...properties[name], ...rule };
  const required = [base['required'] ?? [], schema['required']].flat();
  return { properties, required };
};

const contextsOf = (type: string): Arbitrary<string> => {
  const subject = messageTypes.get(type)?.context ?? '';
  return fc.constantFrom(`urn:lb-bus:context:${subject}:v1`, `/v1/contexts/${subject}/v1.jsonld`);
};

/** Values that a schema accepts, made from the schema itself, so that a new property is tried as soon as it is there. */
export const arbitraryFor = (type: string): Arbitrary<unknown> => {
  const schema = schemaOf(type) as Node & { $defs: Record<string, Node> };
  const { $defs } = schema;
  const ajv = new Ajv2020({ strict: false, formats });
  const known = new Map<string, Arbitrary<unknown>>();

  const definition = (reference: string): Arbitrary<unknown> => {
    const made = known.get(reference);
    if (made) return made;
    const node = $defs[reference.replace('#/$defs/', '')] ?? {};
    const accepts = ajv.compile({ $ref: reference, $defs });
    const arbitrary = 'if' in node ? from(node).filter((value) => accepts(value)) : from(node);
    known.set(reference, arbitrary);
    return arbitrary;
  };

  const contexts = contextsOf(type);
  const string = (node: Node): Arbitrary<unknown> =>
    (node['violation'] === 'context' ? contexts : undefined) ??
    byViolation[String(node['violation'])] ??
    byFormat[String(node['format'])] ??
    formless(node);

  /** What is required and a few of the rest: small messages are quick to turn into a graph. */
  const object = (node: Node): Arbitrary<unknown> => {
    const required = (node['required'] ?? []) as string[];
    const properties = new Map(
      Object.entries(node['properties'] as Record<string, Node>).map(
        ([name, each]) => [name, from(each)] as const,
      ),
    );
    const optional = [...properties.keys()].filter(
      (name) => !required.includes(name) && !synonyms.includes(name),
    );
    return fc.subarray(optional, { maxLength: Math.min(3, optional.length) }).chain((chosen) => {
      const names = [...required, ...chosen];
      const members = names.map((name) => [name, properties.get(name) ?? fc.constant(null)]);
      return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
        noNullPrototype: true,
      });
    });
  };

  const byType: Record<string, (node: Node) => Arbitrary<unknown>> = {
    string,
    object,
    boolean: () => fc.boolean(),
    array: (node) =>
      fc
        .array(from(node['items'] as Node), {
          minLength: Number(node['minItems'] ?? 0),
          maxLength: Math.min(Number(node['maxItems']), 2),
        })
        .filter((value) => obeys(node, value)),
  };

  const from = (node: Node): Arbitrary<unknown> => {
    if (Array.isArray(node['enum'])) return fc.constantFrom(...(node['enum'] as unknown[]));
    if (typeof node['$ref'] === 'string')
      return definition(node['$ref']).filter((value) => obeys(node, value));
    const branches = branchesOf(node);
    if (branches.length > 0) return fc.oneof(...branches.map(from));
    return (byType[String(node['type'])] ?? (() => fc.constant(null)))(node);
  };

  return object(rootOf(schema));
};
