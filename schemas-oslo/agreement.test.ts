import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { examplesOf, messageTypes, validate } from './catalogue.js';
import { arbitraryFor } from './testing/arbitrary.js';
import { graphOf } from './testing/graph.js';
import { mutated, mutations, placesIn, pruned, type Path } from './testing/mutations.js';
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

/** A melding has the most classes; the others are smaller. */
const runsOf = (type: string): number => (messageTypes.get(type)?.context === 'melding' ? 180 : 80);

describe.each(types)('%s', (type) => {
  const numRuns = runsOf(type);

  it(`accepts nothing that breaks a shape, among ${numRuns} generated instances and ${numRuns} broken ones`, async () => {
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
    await fc.assert(property, { seed: 20260105, numRuns });
    expect(seen.accepted).toBeGreaterThan((2 / 3) * numRuns);
    expect(seen.refused).toBeGreaterThan((2 / 3) * numRuns);
  }, 300_000);
});

/** Names what a place is about: a property of a class, or of the melding of a type. */
const propertyAt = (type: string, data: unknown, place: Path): string => {
  const isItem = typeof place.at(-1) === 'number';
  const parent = place
    .slice(0, isItem ? -2 : -1)
    .reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], data);
  const owner = parent === data ? type : String((parent as Record<string, unknown>)['@type']);
  return [owner, place.filter((key) => typeof key === 'string').at(-1), isItem].join(' ');
};

/** One small message for every property of every class that the examples show. */
const places = types.flatMap((type) => {
  const isAccepted = (data: unknown): boolean => validate(type, data).length === 0;
  return examplesOf(type).valid.flatMap(({ message }) =>
    placesIn(message['data'])
      .filter((place) => !String(place.at(-1)).startsWith('@'))
      .map((place) => ({
        type,
        property: propertyAt(type, message['data'], place),
        prune: () => pruned(message['data'], place, isAccepted),
      })),
  );
});

it('refuses with schema and shape alike, for every constraint of every shape', async () => {
  const constraints = new Set(types.flatMap((type) => [...shapes.get(type)!.constraints]));
  const refused = new Set<string>();
  const once = new Map(places.map((place) => [place.property, place]));
  for (const { type, prune } of once.values()) {
    const { data, place } = prune();
    for (const mutation of mutations.filter(({ breaksShapes }) => breaksShapes)) {
      const { accepted, broken } = await judge(type, mutated(data, place, mutation));
      if (!accepted) broken.forEach((name) => refused.add(name));
      else expect({ place, broken }).toEqual({ place, broken: new Set() });
    }
  }
  expect(constraints.size).toBeGreaterThan(150);
  expect([...constraints].filter((name) => !refused.has(name))).toEqual([]);
}, 300_000);
