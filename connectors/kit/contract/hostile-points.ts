import { expect } from '@jest/globals';
import { validate } from '#oslo/validation.js';
import type { Json } from '../message.js';
import { Failure } from '../failure.js';
import type { Bench } from './bench.js';
import { messageOf, operationOf } from './examples.js';
import type { OperationExample } from './examples.js';
import { hostileTexts, markup, variantsOf } from './hostile.js';
import { eachExample } from './point.js';
import type { Point } from './point.js';

interface Variants {
  readonly single: OperationExample[];
  readonly all: OperationExample;
}

/** The example with `text` in each place that may hold it, and in all of them at once. */
const variants = (example: OperationExample, text: string): Variants => {
  const { type, data = null } = example.message;
  const name = typeof type === 'string' ? type : '';
  const isValid = (changed: Json): boolean => validate(name, changed).length === 0;
  const { single, all } = variantsOf(data, text, isValid);
  const withData = (changed: Json): OperationExample => ({
    ...example,
    message: { ...example.message, data: changed },
  });
  return { single: single.map(withData), all: withData(all) };
};

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

const mapHostile = ({ open }: Bench, example: OperationExample): void => {
  const { operation } = operationOf(open.connector, example);
  try {
    operation.map(messageOf(example.message, 'hostile'), { ...open.settings, ...example.settings });
  } catch (error) {
    if (error instanceof Failure && error.verdict === 'reject') return;
    throw new Error(`hostile text must be mapped or rejected: ${String(error)}`, { cause: error });
  }
};

const neverCrashes = eachExample(
  'hostile text is sent or rejected, and never crashes',
  async (bench, example) => {
    for (const text of hostileTexts) {
      const { single, all } = variants(example, text);
      for (const one of single) mapHostile(bench, one);
      if (single.length > 0) await sendHostile(bench, all);
    }
  },
);

const shown = ({ simulator }: Bench): readonly string[] =>
  simulator.rendered('contract') ?? simulator.requests().map(({ body }) => body);

const neverMarkup = eachExample(
  'markup from a message never arrives as markup',
  async (bench, example) => {
    const { single, all } = variants(example, markup);
    for (const one of [all, ...single]) {
      await sendHostile(bench, one);
      expect(shown(bench).filter((text) => /<script|<img/i.test(text))).toEqual([]);
    }
  },
);

export const hostilePoints: readonly Point[] = [neverCrashes, neverMarkup];
