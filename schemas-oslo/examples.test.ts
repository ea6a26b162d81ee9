import { describe, expect, it } from '@jest/globals';
import { examplesOf, messageTypes, validate } from './catalogue.js';
import { graphOf } from './testing/graph.js';
import { shapesFor } from './testing/shapes.js';

const dataOf = ({ message }: { message: Record<string, unknown> }): unknown => message['data'];

/** Why the graph of a broken example may conform: a shape cannot say this rule. Any other broken example breaks a shape. */
const saidBySchemaOnly: Record<string, RegExp> = {
  'a context says how to read a message and is not in the graph': /^(context-|required-context)/,
  'what the context does not know never reaches the graph': /^unknown-property/,
  'a length or a number of items is a bound of the bus, not of the profile':
    /^(length-(titel-te-lang|beschrijving-leeg)|cardinality-te-veel)/,
  'a list of one and the value alone are the same graph': /^type-geen-lijst/,
  'null, a number and text of the right kind are the same literal or none': /^type-(null|getal)$/,
  'a thing without our class is no target of our shapes': /^required-klasse$/,
  'further classes are allowed in a graph': /^type-(onbekende-klasse|vreemde-tweede-klasse)/,
  'a grammar within a literal':
    /^(coordinates-(?!andere-vorm)|pattern-(nul|half)|language-geen-code)/,
  'the validator reads no calendar, no time zone and no e-mail address':
    /^format-(onbestaande-dag|tijdstip-zonder-zone|email)/,
  'an address that the shapes only know by its beginning': /^format-bijlage-zonder-uuid$/,
  'a check of digits, and a day or month that does not exist':
    /^format-(insz-controlegetal|kbo-controlegetal|datum-onbestaand)/,
  'a relative IRI never reaches the graph': /^format-iri-relatief/,
};

describe.each([...messageTypes.keys()])('%s', (type) => {
  const { valid, invalid } = examplesOf(type);
  const shapes = shapesFor(type);

  it('has examples of both kinds, each a message of this type', () => {
    expect(Math.min(valid.length, invalid.length)).toBeGreaterThan(1);
    const types = [...valid, ...invalid].map(({ message }) => message['type']);
    expect(new Set(types)).toEqual(new Set([type]));
  });

  it.each(valid)(
    '$name may enter, expands in safe mode and conforms to the shapes',
    async (example) => {
      expect(validate(type, dataOf(example))).toEqual([]);
      const graph = await graphOf(dataOf(example), true);
      expect(graph.size).toBeGreaterThan(3);
      expect(await shapes.brokenBy(graph)).toEqual(new Set());
    },
  );

  it.each(invalid)('$name breaks exactly its one rule', (example) => {
    const found = validate(type, dataOf(example));
    expect(found.map(({ pointer, code }) => ({ pointer, rule: code }))).toEqual([example.breaks]);
  });

  it.each(invalid)('$name breaks a shape too, where a shape can say it', async (example) => {
    const reason = Object.values(saidBySchemaOnly).find((names) => names.test(example.name));
    const graph = await graphOf(dataOf(example), false).catch(() => null);
    const broken = graph ? await shapes.brokenBy(graph) : new Set();
    expect(broken.size > 0).toBe(reason === undefined);
  });
});

it('the proof itself notices what JSON-LD would drop, and reads no context from elsewhere', async () => {
  const type = 'be.lbbus.melding.ingediend.v1';
  const data = examplesOf(type).valid[0]!.message['data'] as Record<string, unknown>;
  await expect(graphOf({ ...data, prioriteit: 'hoog' }, true)).rejects.toThrow();
  await expect(graphOf({ ...data, '@id': 'melding/1' }, true)).rejects.toThrow();
  const elsewhere = { ...data, '@context': 'https://schema.org' };
  await expect(graphOf(elsewhere, false)).rejects.toThrow();
});
