import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { codelist, examplesOf, messageTypes, schemaOf, shapesOf, validate } from './catalogue.js';
import { formats } from './formats.js';
import { violationText, violationTexts } from './violation-texts.js';
import type { Violation } from './violations.js';

const type = 'be.lbbus.melding.ingediend.v1';
const whole = examplesOf(type).valid.find(({ name }) => name === 'volledige-melding')!;
const melding = whole.message['data'] as Record<string, unknown>;
const context = 'https://bus.example/v1/contexts/melding/v1.jsonld';

const codes = (data: unknown): string[] =>
  validate(type, data).map(({ pointer, code }) => `${pointer} ${code}`);

describe('the context', () => {
  it.each(['urn:lb-bus:context:melding:v1', '/v1/contexts/melding/v1.jsonld', context])(
    '%s is ours, also where only the public base URL is known',
    (given) => {
      const data = { ...melding, '@context': given };
      expect(validate(type, data, context)).toEqual([]);
      expect(validate(type, data, 'https://bus.example')).toEqual([]);
      expect(validate(type, data, 'https://bus.example/')).toEqual([]);
    },
  );

  it('at an address of another deployment is refused', () => {
    const data = { ...melding, '@context': context };
    const refused = [expect.objectContaining({ pointer: '/data/@context', code: 'context' })];
    expect(validate(type, data)).toEqual(refused);
    expect(validate(type, data, 'https://elders.example')).toEqual(refused);
    expect(validate(type, data, 'https://bus.example.elders.example')).toEqual(refused);
  });
});

describe('a refusal', () => {
  it('names every broken rule once', () => {
    const { titel, ...rest } = melding;
    expect(titel).toBeDefined();
    const found = codes({ ...rest, prioriteit: 1, indiener: 'An', meldingstype: [] });
    expect(found.sort()).toEqual([
      '/data/indiener type',
      '/data/meldingstype cardinality',
      '/data/prioriteit unknown-property',
      '/data/titel required',
    ]);
  });

  it('of an unknown type points at the type', () => {
    expect(validate('be.lbbus.melding.verzonnen.v1', melding)).toEqual([
      {
        pointer: '/type',
        code: 'not-in-codelist',
        detail: { key: 'not-in-codelist.type', params: {} },
      },
    ]);
    expect(validate('__proto__', melding)).toHaveLength(1);
  });

  it('never repeats a value of the message', () => {
    const secret = 'An Voorbeeld 90.66.01-001.01';
    const data = { ...melding, titel: [secret], webpagina: secret, indiener: { '@type': secret } };
    const found = validate(type, data);
    expect(found).toHaveLength(3);
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('cuts the name of an unknown property that is absurdly long', () => {
    const [found] = validate(type, { ...melding, ['x'.repeat(100_000)]: 1 });
    expect(found!.pointer.length).toBeLessThan(300);
  });
});

describe('things under one @id', () => {
  const organisation = {
    '@id': 'urn:voorbeeld:organisatie',
    '@type': 'Organisatie',
    voorkeursnaam: { '@value': 'Gemeente Voorbeeld', '@language': 'nl' },
  };

  it('may be described twice in the same words, in any order', () => {
    const again = Object.fromEntries(Object.entries(organisation).reverse());
    expect(codes({ ...melding, behandelaar: organisation, betrokkene: [again] })).toEqual([]);
  });

  it('may not be described in two ways', () => {
    const other = { ...organisation, voorkeursnaam: 'Stad Voorbeeld' };
    expect(codes({ ...melding, betrokkene: [other], behandelaar: organisation })).toHaveLength(1);
  });
});

describe('the schemas', () => {
  const nodesOf = (node: unknown): Record<string, unknown>[] => {
    if (typeof node !== 'object' || node === null) return [];
    const children = Object.values(node).flatMap(nodesOf);
    return Array.isArray(node) ? children : [node as Record<string, unknown>, ...children];
  };
  const nodes = [...messageTypes.keys()].flatMap((each) => nodesOf(schemaOf(each)));

  it('say as violation only what has a sentence in every language', () => {
    const declared = nodes
      .map(({ violation }) => violation)
      .filter((key) => typeof key === 'string');
    expect(new Set(declared).size).toBeGreaterThan(8);
    for (const texts of Object.values(violationTexts))
      expect(declared.filter((key) => !(key in texts))).toEqual([]);
  });

  it('bound every text and every list', () => {
    const texts = nodes.filter((node) => node['type'] === 'string');
    expect(texts.filter((node) => typeof node['maxLength'] !== 'number')).toEqual([]);
    const lists = nodes.filter((node) => node['type'] === 'array' && 'items' in node);
    expect(lists.filter((node) => typeof node['maxItems'] !== 'number')).toEqual([]);
    expect(texts.length * lists.length).toBeGreaterThan(0);
  });

  it('stand alone: another validator needs nothing but the published document', () => {
    for (const each of messageTypes.keys()) {
      const published = new Ajv2020({ strict: false, formats }).compile(schemaOf(each)!);
      expect(examplesOf(each).valid.filter(({ message }) => !published(message['data']))).toEqual(
        [],
      );
    }
  });

  it('and the shapes name the statuses of the code list', () => {
    const list = codelist('MeldingStatuswaarde')!;
    const notations = /status:\d+(?: status:\d+)+/.exec(shapesOf(type) ?? '')![0].split(' ');
    expect(notations.map((name) => name.replace('status:', ''))).toEqual(
      list.concepts.map(({ notation }) => notation),
    );
  });
});

describe('the sentences', () => {
  it('exist for the same keys in Dutch, English and French, with the same parameters', () => {
    const parameters = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(violationTexts.nl)) {
      expect(parameters(violationTexts.en[key] ?? '')).toEqual(parameters(text));
      expect(parameters(violationTexts.fr[key] ?? '')).toEqual(parameters(text));
    }
    const keys = Object.values(violationTexts).map((texts) => Object.keys(texts).sort());
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
  });

  it('exist for every broken example, name the property and leave no parameter open', () => {
    for (const each of messageTypes.keys()) {
      const found = examplesOf(each).invalid.flatMap(({ message }) =>
        validate(each, message['data']),
      );
      for (const violation of found) {
        const sentences = (['nl', 'en', 'fr'] as const).map((l) => violationText(violation, l));
        expect(new Set(sentences).size).toBe(3);
        expect(sentences.join()).not.toMatch(/[{}]/);
      }
    }
    const missing: Violation = validate(type, { ...melding, titel: undefined })[0]!;
    expect(violationText(missing, 'nl')).toBe('Het veld titel is verplicht en ontbreekt.');
  });
});
