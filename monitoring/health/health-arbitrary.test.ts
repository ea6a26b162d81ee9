import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LineFacts } from './facts.js';
import { causeCodes, healthOf, severities } from './health.js';
import { causeWords } from './words.js';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const inDays = (days: number): Date => ago(-days * 1_440);
const measure = { now, agreedMs: 60_000 };

const heldByBus = { code: 'unauthorized', heldBy: 'bus', since: ago(5) };
const heldByAn = { code: 'operator', heldBy: 'an.voorbeeld', since: ago(5) };
const open = { phase: 'open', since: ago(3) } as const;

const moment = fc.option(fc.date({ min: ago(100_000), max: inDays(100), noInvalidDate: true }), {
  nil: null,
});
const count = fc.nat(20);
const anything: fc.Arbitrary<LineFacts> = fc.record({
  enabled: fc.boolean(),
  hold: fc.constantFrom(null, heldByBus, heldByAn),
  circuit: fc.constantFrom(null, open, { ...open, phase: 'recovering' as const }),
  failedPoll: fc.constantFrom(null, { code: 'timeout', at: ago(1) }),
  standing: fc.record({
    ...{ waiting: count, held: count, parked: count, parkedLastHour: count },
    ...{ waitingSince: moment, parkedAt: moment },
    waitingCode: fc.constantFrom(null, 'unavailable'),
    parkedCode: fc.constantFrom(null, 'invalid'),
  }),
  traffic: fc.record({
    ...{ deliveredLastHour: count, deliveredLastDay: count, deliveredRecently: count },
    ...{ usual: count, movedAt: moment, p95Ms: fc.option(fc.nat(200_000), { nil: null }) },
  }),
  queue: fc.record({ messages: fc.option(count, { nil: null }), since: moment }),
  endings: fc.array(
    fc.record({
      kind: fc.constantFrom('secret', 'certificate', 'credential'),
      name: fc.string(),
      at: fc.date({ min: ago(100_000), max: inDays(100), noInvalidDate: true }),
    }),
    { maxLength: 3 },
  ),
});

it('is as bad as its first cause, tells each cause once, and each in words', () => {
  fc.assert(
    fc.property(anything, (facts) => {
      const { severity, causes } = healthOf(facts, measure);
      if (causes[0]) expect(severity).toBe(causes[0].severity);
      else expect(['fine', 'untried', 'off']).toContain(severity);
      expect(new Set(causes.map(({ code }) => code)).size).toBe(causes.length);
      const places = causes.map((cause) => severities.indexOf(cause.severity));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      for (const cause of causes) {
        expect(causeCodes).toContain(cause.code);
        expect(causeWords(cause)).not.toMatch(/undefined|null|NaN/);
      }
    }),
  );
});

it('never gets better by something more that is wrong', () => {
  fc.assert(
    fc.property(anything, (facts) => {
      const place = (one: LineFacts) => severities.indexOf(healthOf(one, measure).severity);
      expect(place({ ...facts, hold: heldByBus })).toBeLessThanOrEqual(place(facts));
      const parked = { ...facts.standing, parked: 9, parkedLastHour: 9 };
      expect(place({ ...facts, standing: parked })).toBeLessThanOrEqual(place(facts));
    }),
  );
});
