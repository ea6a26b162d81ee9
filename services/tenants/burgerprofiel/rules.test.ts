import { expect, it } from '@jest/globals';
import type { Declared } from '../declaration-schema.js';
import { Value } from '@sinclair/typebox/value';
import { compileForm, formOf } from './form.js';
import { burgerprofielComplaints } from './rules.js';
import { declaredBurgerprofiel, type Burgerprofiel, type Form, type Meldingen } from './schema.js';

const category = { id: 'wegdek', name: 'Wegdek', meldingstype: 'urn:aalter:wegdek' };
const meldingen: Meldingen = { verwerking: 'meldingen', categories: [category] };
const ownSchema = { type: 'object', properties: { kind: { type: 'string' } } };
const form: Form = {
  id: 'verhuis',
  productId: '1001',
  audience: 'https://formulieren.example',
  embed: 'https://formulieren.example/verhuis?token={TEMP_SSO_TOKEN}',
  fallback: 'https://formulieren.example/verhuis',
  ssoTokenRegistrationApi: 'https://formulieren.example/token',
  thirdPartyCookieApi: 'https://formulieren.example/cookie',
};

const tenantWith = (parts: Partial<Burgerprofiel>, changes: Partial<Declared> = {}): Declared => ({
  tenant: 'aalter',
  name: 'Gemeente Aalter',
  bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
  kbo: '0207433216',
  verwerkingen: ['meldingen'],
  connectors: { topdesk: {} },
  routes: [
    { when: { type: 'be.lbbus.melding.ingediend.v1' }, to: ['topdesk'] },
    { when: { type: 'be.lbbus.attesten.opvragen.v1' }, to: ['topdesk'] },
  ],
  burgerprofiel: { issuer: 'https://acm.example/op', clients: ['mbp'], ...parts },
  ...changes,
});
const told = (parts: Partial<Burgerprofiel>, changes?: Partial<Declared>): string[] =>
  burgerprofielComplaints(tenantWith(parts, changes)).map(
    ({ path, told: words }) => `${path.slice(1).join('.')}: ${words('en')}`,
  );
const withMeldingen = (changes: Partial<Meldingen>) => ({
  meldingen: { ...meldingen, ...changes },
});

it('finds nothing wrong with a tenant that has what it offers', () => {
  const attesten = { scope: 'x', verwerking: 'meldingen' };
  expect(told({ meldingen, attesten, forms: { scope: 'y', items: [form] } })).toEqual([]);
  const moved = withMeldingen({ schema: ownSchema, mapping: { category: '/kind' } });
  expect(told(moved)).toEqual([]);
});

it.each<[string, Partial<Burgerprofiel>, Partial<Declared>]>([
  [
    'meldingen.verwerking: unknown processing activity "meldingen"',
    { meldingen },
    { verwerkingen: [] },
  ],
  [
    'meldingen: no route leads be.lbbus.melding.ingediend.v1 anywhere',
    { meldingen },
    { routes: [] },
  ],
  ['meldingen: no route leads', withMeldingen({ system: 'topdesk' }), {}],
  ['meldingen.system: unknown connector "desk"', withMeldingen({ system: 'desk' }), {}],
  [
    'meldingen.categories.1.id: this id is declared twice',
    withMeldingen({ categories: [category, category] }),
    {},
  ],
  [
    'meldingen.mapping: category is missing: the schema has no /category',
    withMeldingen({ schema: ownSchema }),
    {},
  ],
  [
    'meldingen.mapping.title: the schema has no property at /naam',
    withMeldingen({ mapping: { title: '/naam' } }),
    {},
  ],
  [
    'meldingen.schema: not a JSON Schema',
    withMeldingen({ schema: { type: 'object', requird: ['x'] } }),
    {},
  ],
  [
    'meldingen.schema: not a JSON Schema',
    withMeldingen({ schema: { $ref: 'https://elders.example/schema.json' } }),
    {},
  ],
  [
    'meldingen.schema: expected at most 65536 characters',
    withMeldingen({ schema: { description: 'x'.repeat(65_536) } }),
    {},
  ],
  [
    'attesten: no route leads be.lbbus.attesten.opvragen.v1 anywhere',
    { attesten: { scope: 'x', verwerking: 'meldingen' } },
    { routes: [] },
  ],
  [
    'forms.items.1.id: this id is declared twice',
    { forms: { scope: 'y', items: [form, form] } },
    {},
  ],
  [
    'forms.items.0.fallback: expected an https address without a login',
    { forms: { scope: 'y', items: [{ ...form, fallback: 'https://an:geheim@elders.example' }] } },
    {},
  ],
])('says what is wrong: %s', (words, parts, changes) => {
  expect(told(parts, changes)).toEqual([expect.stringContaining(words)]);
});

it.each(['^(a+)+$', '(x|x)*y', '.*.*.*x', '^a{1,999}b*$'])(
  'refuses %s: what a citizen wrote is matched while everybody waits',
  (pattern) => {
    const schema = { type: 'object', properties: { kind: { type: 'string', pattern } } };
    const parts = withMeldingen({ schema, mapping: { category: '/kind' } });
    expect(told(parts)).toEqual([expect.stringContaining('meldingen.schema: pattern')]);
  },
);

it.each(['^[1-9]\\d{3}$', '^[A-Z]{2}[0-9]{1,5}$', '^\\+?[0-9 ]{9,20}$'])('takes %s', (pattern) => {
  const schema = { type: 'object', properties: { kind: { type: 'string', pattern } } };
  expect(told(withMeldingen({ schema, mapping: { category: '/kind' } }))).toEqual([]);
});

it.each<[string, Partial<Burgerprofiel>]>([
  [
    'a form without TLS',
    { forms: { scope: 'y', items: [{ ...form, embed: 'http://x.example' }] } },
  ],
  [
    'a token under another name',
    { forms: { scope: 'y', items: [{ ...form, embed: 'https://x.example/{TOKEN}' }] } },
  ],
  ['a scope of two words', { forms: { scope: 'x y', items: [] } }],
  ['no category', withMeldingen({ categories: [] })],
  ['an IRI that is always the same', withMeldingen({ iri: 'https://x.example/melding' })],
  ['a place in the prototype', withMeldingen({ names: { answer: { id: '/__proto__/id' } } })],
  ['a place that is no pointer', withMeldingen({ mapping: { title: 'naam' } })],
  ['no client', { clients: [] }],
])('knows no %s', (_what, parts) => {
  const { burgerprofiel } = tenantWith({ meldingen, forms: { scope: 'y', items: [form] } });
  expect(Value.Check(declaredBurgerprofiel, burgerprofiel)).toBe(true);
  expect(Value.Check(declaredBurgerprofiel, { ...burgerprofiel, ...parts })).toBe(false);
});

it('takes of a submission only the categories of the tenant', () => {
  const validate = compileForm(formOf(meldingen));
  const submission = { id: '1', category: 'wegdek', description: 'Een put.' };
  expect(validate(submission)).toBe(true);
  expect(validate({ ...submission, category: 'groen' })).toBe(false);
});
