import type { Bench, Subject } from './bench.js';
import { openBench } from './bench.js';
import { operationOf } from './examples.js';

/** One thing that every connector must do; named as the sentence that the test shows. */
export interface Point {
  readonly name: string;
  /** Null where it applies, else why this connector has nothing to show here. */
  readonly notApplicable?: (subject: Subject) => string | null;
  readonly needsSimulator: boolean;
  readonly run: (subject: Subject) => Promise<void> | void;
}

/** Examples of operations that only remember. */
export const askingNobody = ({ connector, operations }: Subject): Subject['operations'] =>
  operations.filter((one) => operationOf(connector, one).operation.asksNobody);

/** A point that is tried with each example of an operation that asks the other side, against a simulator of its own. */
export const eachExample = (
  name: string,
  run: (bench: Bench, example: Subject['operations'][number], subject: Subject) => Promise<void>,
): Point => ({
  name,
  needsSimulator: true,
  run: async (subject) => {
    const quiet = askingNobody(subject);
    const asking = subject.operations.filter((one) => !quiet.includes(one));
    if (asking.length === 0) throw new Error('there are no examples to try it with');
    for (const example of asking) await withBench(subject, (bench) => run(bench, example, subject));
  },
});

export const withBench = async (
  subject: Subject,
  run: (bench: Bench) => Promise<void>,
): Promise<void> => {
  const bench = await openBench(subject);
  try {
    await run(bench);
  } finally {
    await bench.close();
  }
};
