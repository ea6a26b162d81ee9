import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isShared,
  planOf,
  thingOf,
  wordsOf,
  type Breakable,
  type Fault,
  type Plan,
} from './plan.js';

const breakable = fc.record({
  minutes: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  tenants: fc.integer({ min: 1, max: 30 }),
  nodes: fc.constantFrom(1, 3),
  replicas: fc.record({
    gateway: fc.integer({ min: 1, max: 4 }),
    delivery: fc.integer({ min: 1, max: 4 }),
    monitoring: fc.integer({ min: 1, max: 2 }),
  }),
});

/** What the check finds wrong in a fault, over many plans. */
const wrongIn = (check: (fault: Fault, wish: Breakable, plan: Plan) => boolean): void =>
  fc.assert(
    fc.property(breakable, (wish) => {
      const plan = planOf(wish);
      expect(plan.faults.filter((fault) => check(fault, wish, plan))).toEqual([]);
    }),
    { numRuns: 200 },
  );

const usual = { minutes: 30, seed: 1, tenants: 20, nodes: 3 };
const replicas = { gateway: 2, delivery: 3, monitoring: 1 };

describe('the plan of faults', () => {
  it('is the same for the same seed', () =>
    fc.assert(
      fc.property(breakable, (wish) => {
        expect(JSON.stringify(planOf(wish))).toBe(JSON.stringify(planOf({ ...wish })));
      }),
      { numRuns: 50 },
    ));

  it('heals each fault before the end, and breaks nothing in the quiet time', () =>
    wrongIn(
      ({ atMs, forMs }, _wish, { quietMs, endMs }) =>
        atMs <= quietMs || forMs <= 0 || atMs + forMs >= endMs,
    ));

  it('breaks one thing in one way at a time', () => {
    const freeFromMs = new Map<string, number>();
    let seen: Plan | undefined;
    wrongIn((fault, _wish, plan) => {
      if (seen !== plan) freeFromMs.clear();
      seen = plan;
      const isTaken = fault.atMs < (freeFromMs.get(thingOf(fault)) ?? 0);
      freeFromMs.set(thingOf(fault), fault.atMs + fault.forMs);
      return isTaken;
    });
  });

  it('names only what is there', () => {
    const isAbsent = (fault: Fault, wish: Breakable): boolean => {
      if ('replica' in fault) return fault.replica >= wish.replicas[fault.role];
      if ('node' in fault) return fault.node >= wish.nodes;
      return 'tenant' in fault && fault.tenant >= wish.tenants;
    };
    wrongIn(
      (fault, wish) =>
        wordsOf(fault) === '' ||
        isAbsent(fault, wish) ||
        (fault.kind === 'part-node' && wish.nodes < 3),
    );
  });

  it('has more than 200 faults of every kind in 30 minutes', () => {
    const { faults } = planOf({ ...usual, replicas });
    expect(faults.length).toBeGreaterThan(200);
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(10);
  });

  it('has time in which only systems break', () => {
    const { faults, quietMs } = planOf({ ...usual, replicas });
    const early = faults.filter(({ atMs }) => atMs < quietMs + 35_000);
    expect(early.length).toBeGreaterThan(3);
    expect(early.some(isShared)).toBe(false);
  });
});
