import { expect } from '@jest/globals';
import { validate } from '#oslo/validation.js';
import type { Json } from '../definition.js';
import { Failure } from '../failure.js';
import type { Bench } from './bench.js';
import type { OperationExample } from './examples.js';
import { hostileTexts, markup, variantsOf } from './hostile.js';
import { eachExample } from './point.js';
import type { Point } from './point.js';

const validVariants = (example: OperationExample, text: string): OperationExample[] =>
  variantsOf(example.message['data'] ?? null, text)
    .filter((data) => validate(String(example.message['type'] as Json & string), data).length === 0)
    .map((data) => ({ ...example, message: { ...example.message, data } }));

/** Sends; a refusal is fine, a crash is not. */
const sendHostile = async (
  bench: Bench,
  example: OperationExample,
): Promise<'sent' | 'rejected'> => {
  const { send } = await bench.delivery(example);
  try {
    await send();
    return 'sent';
  } catch (error) {
    if (error instanceof Failure && error.verdict === 'reject') return 'rejected';
    throw new Error(`hostile text must be sent or rejected: ${String(error)}`, { cause: error });
  }
};

const neverCrashes = eachExample(
  'hostile text is sent or rejected, and never crashes',
  async (bench, example) => {
    for (const text of hostileTexts) {
      for (const variant of validVariants(example, text)) await sendHostile(bench, variant);
    }
  },
);

const shown = ({ simulator }: Bench): readonly string[] =>
  simulator.rendered('contract') ?? simulator.requests().map(({ body }) => body);

const neverMarkup = eachExample(
  'markup from a message never arrives as markup',
  async (bench, example) => {
    for (const variant of validVariants(example, markup)) {
      await sendHostile(bench, variant);
      expect(shown(bench).filter((text) => /<script|<img/i.test(text))).toEqual([]);
    }
  },
);

export const hostilePoints: readonly Point[] = [neverCrashes, neverMarkup];
