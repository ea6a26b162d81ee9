import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { examplesOf, messageTypes, schemaOf, validate } from './catalogue.js';
import { arbitraryFor } from './testing/arbitrary.js';
import { graphOf } from './testing/graph.js';
import { mutated, mutations, placesIn } from './testing/mutations.js';
import { shapesFor } from './testing/shapes.js';

const types = [...messageTypes.keys()];
const shapes = new Map(types.map((type) => [type, shapesFor(type)]));

/** What the schema says and which constraints the graph breaks; accepted data must also survive safe mode. */
const judge = async (
  type: string,
  data: unknown,
): Promise<{ accepted: boolean; broken: Set<string> }> => {
  const accepted = validate(type, data).length === 0;
  const graph = accepted ? await graphOf(data, true) : await graphOf(data, false).catch(() => null);
  const broken = graph ? await shapes.get(type)!.brokenBy(graph) : new Set<string>();
  return { accepted, broken };
};

describe.each(types)('%s', (type) => {
  it('accepts nothing that breaks a shape, among 180 generated instances and 180 broken ones', async () => {
    const seen = { accepted: 0, refused: 0 };
    const check = async (data: unknown): Promise<void> => {
      const { accepted, broken } = await judge(type, data);
      seen[accepted ? 'accepted' : 'refused'] += 1;
      if (accepted) expect(broken).toEqual(new Set());
    };
    const property = fc.asyncProperty(
      arbitraryFor(type),
      fc.nat(),
      fc.constantFrom(...mutations),
      async (data, at, mutation) => {
        await check(data);
        const places = placesIn(data);
        await check(mutated(data, places[at % places.length] ?? ['titel'], mutation));
      },
    );
    await fc.assert(property, { seed: 20260105, numRuns: 180 });
    expect(seen.accepted).toBeGreaterThan(120);
    expect(seen.refused).toBeGreaterThan(120);
  }, 120_000);
});

interface Part {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly name: string;
}

/** An example, cut into messages of what is required and one thing more each: small graphs are quick. */
const partsOf = (type: string, data: Record<string, unknown>): Part[] => {
  const required = ['@context', '@type', ...(schemaOf(type)!['required'] as string[])];
  const kept = Object.fromEntries(Object.entries(data).filter(([key]) => required.includes(key)));
  return Object.entries(data).flatMap(([name, value]) =>
    (Array.isArray(value) && value.length > 1
      ? (value as unknown[]).map((item) => [item])
      : [value]
    )
      .map((one) => ({ type, data: { ...kept, [name]: one }, name }))
      .filter(({ data: part }) => validate(type, part).length === 0),
  );
};

/** Names the rule that a place is under: a property of a class, or of the melding of a type. */
const propertyAt = ({ type, data }: Part, place: readonly (string | number)[]): string => {
  const isItem = typeof place.at(-1) === 'number';
  const parent = place
    .slice(0, isItem ? -2 : -1)
    .reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], data);
  const owner = parent === data ? type : String((parent as Record<string, unknown>)['@type']);
  return [owner, place.filter((key) => typeof key === 'string').at(-1), isItem].join(' ');
};

it('refuses with schema and shape alike, for every constraint of every shape', async () => {
  const constraints = new Set(types.flatMap((type) => [...shapes.get(type)!.constraints]));
  const refused = new Set<string>();
  const tried = new Set<string>();
  const parts = types
    .flatMap((type) =>
      examplesOf(type).valid.map(({ message }) => [type, message['data']] as const),
    )
    .flatMap(([type, data]) => partsOf(type, data as Record<string, unknown>))
    .sort((a, b) => JSON.stringify(a.data).length - JSON.stringify(b.data).length);
  for (const part of parts) {
    for (const place of placesIn(part.data).filter(([first]) => first === part.name)) {
      if (tried.has(propertyAt(part, place))) continue;
      tried.add(propertyAt(part, place));
      for (const mutation of mutations.filter(({ breaksShapes }) => breaksShapes)) {
        const { accepted, broken } = await judge(part.type, mutated(part.data, place, mutation));
        if (!accepted) broken.forEach((name) => refused.add(name));
        else expect({ place, broken }).toEqual({ place, broken: new Set() });
      }
    }
  }
  expect(constraints.size).toBeGreaterThan(150);
  expect([...constraints].filter((name) => !refused.has(name))).toEqual([]);
}, 120_000);
