import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterAnswer, afterFailure, closed, startsPerSecond, type Circuit } from './circuit.js';

const at = (ms: number) => ({ ms, chance: 0.5 });
const failedTimes = (times: number, from: Circuit = closed, ms = 0): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((circuit) => afterFailure(circuit, at(ms)), from);
const probeAt = (circuit: Circuit): number => (circuit.phase === 'open' ? circuit.probeAt : NaN);

it('opens after five failures in a row, and not when an answer comes between', () => {
  expect(failedTimes(4).phase).toBe('closed');
  expect(failedTimes(5)).toMatchObject({ phase: 'open', probeAt: 5_000 });
  expect(failedTimes(4, afterAnswer(failedTimes(4), at(0))).phase).toBe('closed');
});

it('probes at growing distances, up to five minutes', () => {
  let circuit = failedTimes(5);
  const distances = Array.from({ length: 8 }, () => {
    const from = probeAt(circuit);
    circuit = afterFailure(circuit, at(from));
    return probeAt(circuit) - from;
  });
  expect(distances).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
});

it('does not count what was on its way when it opened', () => {
  const open = failedTimes(5);
  expect(failedTimes(10, open, 4_999)).toBe(open);
});

it('probes no earlier than the system asked, up to an hour', () => {
  expect(probeAt(afterFailure(failedTimes(4), at(0), 60_000))).toBe(60_000);
  expect(probeAt(afterFailure(failedTimes(4), at(0), 1_800_000))).toBe(1_800_000);
  expect(probeAt(afterFailure(failedTimes(4), at(0), 86_400_000))).toBe(3_600_000);
});

it('leaves the system alone as long as the last of those that were on their way was told', () => {
  expect(probeAt(afterFailure(failedTimes(5), at(1_000), 60_000))).toBe(61_000);
  expect(probeAt(afterFailure(failedTimes(5), at(1_000), 2_000))).toBe(5_000);
});

it('ramps up after an answer instead of flooding', () => {
  let circuit = afterAnswer(failedTimes(5), at(5_000));
  const rates = [startsPerSecond(circuit)];
  for (let ms = 5_500; circuit.phase === 'recovering'; ms += 500) {
    circuit = afterAnswer(circuit, at(ms));
    if (startsPerSecond(circuit) !== rates.at(-1)) rates.push(startsPerSecond(circuit));
  }
  expect(rates).toEqual([1, 2, 5, 10, 20, 50, Infinity]);
});

it('opens again at the first failure while it ramps up, with a longer distance', () => {
  const again = afterFailure(afterAnswer(failedTimes(5), at(5_000)), at(6_000));
  expect(again).toMatchObject({ phase: 'open', probeAt: 16_000 });
});

it('never stays open after an answer, and never lets anything through while open', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(400_000))), (events) => {
      let circuit: Circuit = closed;
      let ms = 0;
      for (const [answered, passed] of events) {
        ms += passed;
        circuit = answered ? afterAnswer(circuit, at(ms)) : afterFailure(circuit, at(ms));
        if (answered) expect(circuit.phase).not.toBe('open');
        expect(startsPerSecond(circuit) === 0).toBe(circuit.phase === 'open');
      }
    }),
  );
});
