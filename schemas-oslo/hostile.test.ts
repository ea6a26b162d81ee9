import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { examplesOf, validate } from './catalogue.js';
import { violationText } from './violation-texts.js';

const type = 'be.lbbus.melding.ingediend.v1';
const whole = examplesOf(type).valid.find(({ name }) => name === 'volledige-melding')!;
const melding = whole.message['data'] as Record<string, unknown>;

/** Time on the processor: that of the clock depends on what else the machine does. */
const processorMs = (act: () => unknown): number => {
  const start = process.cpuUsage();
  act();
  return process.cpuUsage(start).user / 1000;
};

const codes = (data: unknown): string[] =>
  validate(type, data).map(({ pointer, code }) => `${pointer} ${code}`);

describe('hostile input', () => {
  const deep = (depth: number): unknown => {
    let value: unknown = 'x';
    for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { titel: value };
    return value;
  };
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const cyclic: Record<string, unknown> = { ...melding };
  cyclic['titel'] = cyclic;

  beforeAll(() => {
    // Compiles the schemas, so that no input pays for it.
    validate(type, {});
  });

  const inputs: [string, () => unknown, string][] = [
    ['depth 100,000', () => ({ ...melding, titel: deep(100_000) }), '/data/titel type'],
    ['an object that holds itself', () => cyclic, '/data/titel type'],
    [
      '10,000 bodies',
      () => ({ ...melding, heeftBody: many(10_000, () => ({ '@type': 'MeldingBody' })) }),
      '/data/heeftBody cardinality',
    ],
    [
      '100,000 wrong bodies',
      () => ({ ...melding, heeftBody: many(100_000, (index) => index) }),
      '/data/heeftBody cardinality',
    ],
    [
      '100,000 unknown properties',
      () => ({ ...melding, ...Object.fromEntries(many(100_000, (i) => [`p${i}`, i])) }),
      '/data/p0 unknown-property',
    ],
    [
      '__proto__',
      () => JSON.parse('{"__proto__":{"titel":"x"}}') as unknown,
      '/data/__proto__ unknown-property',
    ],
    [
      'a megabyte of spaces',
      () => ({ ...melding, titel: ' '.repeat(1 << 20) }),
      '/data/titel length',
    ],
    [
      'a megabyte of half pairs',
      () => ({ ...melding, titel: '\ud83d'.repeat(1 << 19) }),
      '/data/titel length',
    ],
    [
      'a megabyte of brackets as wkt',
      () => ({
        ...melding,
        heeftBody: [
          {
            '@type': 'MeldingBody',
            geometrie: {
              '@type': 'Geometrie',
              wkt: `POLYGON (${'('.repeat(1 << 19)}${') '.repeat(1 << 18)}`,
            },
          },
        ],
      }),
      '/data/heeftBody/0/geometrie/wkt coordinates',
    ],
    [
      'a megabyte of almost an e-mail address',
      () => ({
        ...melding,
        indiener: {
          '@type': 'Agent',
          contactinfo: [{ '@type': 'Contactpunt', email: 'a'.repeat(1 << 20) }],
        },
      }),
      '/data/indiener/contactinfo/0/email length',
    ],
    [
      'an IRI of a megabyte',
      () => ({ ...melding, '@id': `urn:x:${'%'.repeat(1 << 20)}` }),
      '/data/@id length',
    ],
  ];

  it.each(inputs)('%s is refused within a blink', (_, make, refused) => {
    const data = make();
    let found: string[] = [];
    expect(processorMs(() => (found = codes(data)))).toBeLessThan(1000);
    expect(found).toContain(refused);
  });

  it.each(['put 🚲', 'حفرة في الطريق', 'λακκούβα', '𠮷野家', "'s-Gravenwezel", '<script>', '👩‍👩‍👧'])(
    '%s is text like any other',
    (titel) => {
      expect(codes({ ...melding, titel, samenvatting: titel })).toEqual([]);
    },
  );

  it('counts code points: 255 bicycles fit in a title', () => {
    expect(codes({ ...melding, titel: '🚲'.repeat(255) })).toEqual([]);
    expect(codes({ ...melding, titel: '🚲'.repeat(256) })).toEqual(['/data/titel length']);
  });

  it('of any shape at all never makes it throw, and always has a sentence', () => {
    const anything = fc.anything({
      withNullPrototype: true,
      withSparseArray: true,
      withBigInt: true,
    });
    const properties = fc.dictionary(
      fc.constantFrom(...Object.keys(melding), '__proto__'),
      anything,
    );
    const property = fc.property(fc.oneof(anything, properties), (data) => {
      const found = validate(type, data);
      expect(found.length).toBeGreaterThan(0);
      for (const each of found) expect(violationText(each, 'nl')).not.toBe(each.detail.key);
    });
    fc.assert(property, { seed: 20260105, numRuns: 1000 });
  });
});
