import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMessage, requireText } from './json.js';
import { modeOf } from './media.js';
import { depthOf, itemsOf } from './scan.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

const depthOfValue = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOfValue))
    : 0;

describe('before anything is parsed', () => {
  it('the depth of a text is the depth of its value, whatever its strings hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(depthOf(bytes(JSON.stringify(value)))).toBe(depthOfValue(value));
      }),
      { seed: 20260105, numRuns: 500 },
    );
    expect(depthOf(bytes(String.raw`{"[[[\"[[":"\\"}`))).toBe(1);
  });

  it('a million brackets are counted without a deep stack', () => {
    expect(depthOf(bytes('['.repeat(1_000_000)))).toBe(1_000_000);
    expect(() => parseMessage(bytes('['.repeat(1_000_000)))).toThrow('too-deep');
  });

  it('the items of a list are the texts of its values', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(3), (values, space) => {
        const items = itemsOf(bytes(` \n${JSON.stringify(values, null, space)}\t`));
        expect(items?.map((item) => JSON.parse(item.toString()) as unknown)).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
      { seed: 20260105, numRuns: 500 },
    );
  });

  it('a text is a list of JSON texts exactly where it is a JSON list', () => {
    const piece = fc.constantFrom('[', ']', '{', '}', ',', '1', '"a"', ' ', '"', '\\', ':', 'null');
    const isList = (text: string): boolean => {
      try {
        return Array.isArray(JSON.parse(text));
      } catch {
        return false;
      }
    };
    const isSplit = (text: string): boolean => {
      try {
        const items = itemsOf(bytes(text));
        items?.forEach((item) => void JSON.parse(item.toString()));
        return items !== null;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `[${pieces.join('')}`;
        expect(isSplit(text)).toBe(isList(text));
      }),
      { seed: 20260105, numRuns: 5_000 },
    );
  });
});

describe('a message', () => {
  it('is UTF-8 without a byte order mark', () => {
    expect(() => requireText(bytes('{"straat":"Café 🙂"}'))).not.toThrow();
    expect(() => requireText(bytes('\uFEFF{}'))).toThrow('not-json');
    expect(() => requireText(Buffer.from([0xed, 0xa0, 0x80]))).toThrow('not-json');
  });

  it('has the last of equal keys, and a key __proto__ that changes nothing', () => {
    expect(parseMessage(bytes('{"a":1,"a":2}'))).toEqual({ a: 2 });
    const parsed = parseMessage(bytes('{"__proto__":{"admin":true}}')) as { admin?: boolean };
    expect(parsed.admin).toBeUndefined();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([
    ['application/cloudevents+json', 'structured'],
    ['Application/CloudEvents+JSON; charset="UTF-8"', 'structured'],
    ['application/cloudevents-batch+json', 'batch'],
    ['application/ld+json; profile="x"', 'binary'],
    ['application/json', 'binary'],
  ])('of %s is in %s mode', (contentType, mode) => {
    expect(modeOf(contentType)).toBe(mode);
  });

  it.each([
    undefined,
    '',
    'json',
    'application/cloudevents+avro',
    'constructor/x',
    'application/json;charset=utf-16',
  ])('of %s is refused', (contentType) => {
    expect(() => modeOf(contentType)).toThrow('unsupported-media');
  });
});
