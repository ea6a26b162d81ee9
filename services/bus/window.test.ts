import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BrokerUnavailable } from './failures.js';
import { checkVersion, reconnectWaitMs } from './link.js';
import { readMaxLength } from './max-length.js';
import { auditQueue, questionQueue, queueArguments, targetQueue } from './topology.js';
import { Window, type Pending } from './window.js';

const pending = (bytes: number, reject: (cause: unknown) => void = () => undefined): Pending => ({
  queue: 'q',
  publication: { body: Buffer.alloc(bytes), headers: {} },
  resolve: () => undefined,
  reject,
  sentAt: 0,
  returned: false,
});
const limits = {
  inFlight: 3,
  inFlightBytes: 100,
  waiting: 2,
  waitingBytes: 50,
  confirmTimeoutMs: 1_000,
  blockedGraceMs: 1_000,
};

it('lets go in the order of the calls, however the sizes and the confirms fall', () => {
  const action = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant('confirm' as const));
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const window = new Window(limits);
      const entered: Pending[] = [];
      const sent: Pending[] = [];
      for (const act of actions) {
        if (act === 'confirm') {
          const [first] = window.numbers();
          if (first !== undefined) window.take(first);
          for (let next = window.next(); next; next = window.next()) {
            window.sent(next);
            sent.push(next);
          }
        } else {
          const one = pending(act);
          try {
            const now = window.enter(one);
            entered.push(one);
            if (now) {
              window.sent(one);
              sent.push(one);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(BrokerUnavailable);
          }
        }
        expect(window.inFlight).toBeLessThanOrEqual(limits.inFlight);
        expect(sent).toEqual(entered.slice(0, sent.length));
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});

it('takes one that is larger than the whole window when nothing else is on its way', () => {
  const window = new Window(limits);
  expect(window.enter(pending(5_000))).toBe(true);
});

it('tells everybody in line when the line is emptied', () => {
  const window = new Window({ ...limits, inFlight: 1 });
  const told: unknown[] = [];
  window.sent(pending(1));
  expect(window.enter(pending(1, (cause) => told.push(cause)))).toBe(false);
  window.emptyLine('gone');
  expect(told).toEqual([expect.any(BrokerUnavailable)]);
  expect(window.next()).toBeUndefined();
});

it('waits longer after each failed attempt, never in step, never over 15 s', () => {
  expect(reconnectWaitMs(1, 0)).toBe(100);
  expect(reconnectWaitMs(1, 1)).toBe(200);
  expect(reconnectWaitMs(4, 1)).toBe(1_600);
  expect(reconnectWaitMs(50, 1)).toBe(15_000);
});

it.each(['3.10.0', '3.13.7', '4.0.1', '4.3.5'])('runs on RabbitMQ %s', (version) => {
  expect(() => checkVersion(version)).not.toThrow();
});

it.each(['3.9.29', '2.8.0'])('refuses RabbitMQ %s and says what is needed', (version) => {
  expect(() => checkVersion(version)).toThrow('3.10 or later');
});

it('never lets the broker throw a message away: full queues refuse, the delivery limit is out of reach', () => {
  const target = queueArguments(targetQueue('aalter', 'topdesk'));
  expect(target).toMatchObject({
    'x-queue-type': 'quorum',
    'x-overflow': 'reject-publish',
    'x-single-active-consumer': true,
  });
  expect(target['x-delivery-limit']).toBeGreaterThanOrEqual(1_000_000);
  expect(queueArguments(auditQueue)).not.toHaveProperty('x-max-length');
  // Several processes answer questions at once, and nobody waits for a long queue of them.
  const question = queueArguments(questionQueue('aalter', 'magda'));
  expect(question).toMatchObject({ 'x-max-length': 1_000, 'x-overflow': 'reject-publish' });
  expect(question).not.toHaveProperty('x-single-active-consumer');
});

it('takes the length of queues from the environment, and nothing that is no length', () => {
  expect(readMaxLength({})).toBe(500_000);
  expect(readMaxLength({ LBBUS_QUEUE_MAX_LENGTH: '20000' })).toBe(20_000);
  expect(() => readMaxLength({ LBBUS_QUEUE_MAX_LENGTH: '0' })).toThrow(
    'LBBUS_QUEUE_MAX_LENGTH="0"',
  );
  expect(() => readMaxLength({ LBBUS_QUEUE_MAX_LENGTH: 'many' })).toThrow('whole number');
});
