import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Connector } from '../definition.js';
import { subjectOf } from './bench.js';
import type { ContractOptions, Subject } from './bench.js';
import { deliveryPoints } from './delivery-points.js';
import { descriptionPoints } from './description-points.js';
import { faultPoints } from './fault-points.js';
import { hostilePoints } from './hostile-points.js';
import { lostReplyPoints } from './lost-reply-points.js';
import type { Point } from './point.js';
import { registerPoints } from './register-points.js';
import { sourcePoints } from './source-points.js';

/** Everything that a connector must do, in reading order. */
export const contractPoints: readonly Point[] = [
  ...descriptionPoints,
  ...deliveryPoints,
  ...faultPoints,
  ...hostilePoints,
  ...sourcePoints,
  ...lostReplyPoints,
  ...registerPoints,
];

/** Hundreds of requests of one point over real HTTP, on a busy machine. */
const patienceMs = 60_000;

const notApplicable = (point: Point, { connector, options }: Subject): string | null => {
  if (point.needsSimulator && !connector.simulator) return options.withoutSimulator ?? null;
  return null;
};

/** Succeeds only where the point fails: a waiver that is no longer needed must go. */
export const stillNeeded = async (point: Point, subject: Subject): Promise<void> => {
  const met = await Promise.resolve()
    .then(() => point.run(subject))
    .then(
      () => true,
      () => false,
    );
  if (met) throw new Error(`the waiver "${point.name}" is no longer needed: take it out`);
};

const register = (point: Point, subject: Subject): void => {
  const reason = notApplicable(point, subject) ?? point.notApplicable?.(subject) ?? null;
  const waiver = subject.options.waivers?.[point.name];
  if (reason !== null) {
    it.skip(`${point.name} (not applicable: ${reason})`, () => undefined);
    return;
  }
  if (waiver !== undefined) {
    it(`${point.name} (waived: ${waiver})`, () => stillNeeded(point, subject), patienceMs);
    return;
  }
  it(
    point.name,
    async () => {
      await point.run(subject);
    },
    patienceMs,
  );
};

/**
 * Registers the tests that every connector must pass, over real HTTP against its simulator.
 *
 * @param testFile `import.meta.url` of the test: beside it lies `examples/`.
 */
export const contractSuite = (
  connector: Connector,
  testFile: string,
  options: ContractOptions = {},
): void => {
  const subject = subjectOf(connector, dirname(fileURLToPath(testFile)), options);
  describe(`contract of ${connector.id}`, () => {
    for (const point of contractPoints) register(point, subject);

    it('waives only what exists, each with a reason', () => {
      const names = contractPoints.map(({ name }) => name);
      for (const [name, reason] of Object.entries(options.waivers ?? {})) {
        expect(names).toContain(name);
        expect(reason.length).toBeGreaterThan(10);
      }
    });

    it('has a simulator, or says why not', () => {
      expect((connector.simulator === null) === (options.withoutSimulator !== undefined)).toBe(
        true,
      );
    });
  });
};
