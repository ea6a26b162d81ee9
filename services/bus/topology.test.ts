import { expect, it } from '@jest/globals';
import { checkVersion } from './link.js';
import {
  asideQueue,
  auditQueue,
  hookQueue,
  questionQueue,
  queueArguments,
  targetQueue,
} from './topology.js';

/** Names of our kinds of queue. */
const queues = [
  auditQueue,
  asideQueue,
  targetQueue('aalter', 'topdesk'),
  hookQueue('aalter', 'topdesk'),
  questionQueue('aalter', 'topdesk'),
];

/** What a declaration of a quorum queue may not hold, by version: the release notes and the page on quorum queues. */
const removed = ['x-queue-mode', 'x-queue-version', 'x-queue-master-locator'];
const denied: Readonly<Record<string, readonly string[]>> = {
  '3.10': ['x-max-priority', 'x-consumer-timeout', ...removed],
  '3.11': ['x-max-priority', 'x-consumer-timeout', ...removed],
  '3.12': ['x-max-priority', ...removed],
  '3.13': ['x-max-priority', ...removed],
  '4.0': removed,
  '4.1': removed,
  '4.2': removed,
  '4.3': [...removed, 'x-max-priority', 'x-consumer-timeout'],
};

it.each(Object.entries(denied))(
  'declares on RabbitMQ %s nothing that is denied there or means something else',
  (version, names) => {
    expect(() => checkVersion(`${version}.0`)).not.toThrow();
    for (const queue of queues) {
      const given = queueArguments(queue);
      expect(Object.keys(given).filter((name) => names.includes(name))).toEqual([]);
      expect(given).toMatchObject({
        'x-queue-type': 'quorum',
        'x-queue-leader-locator': 'balanced',
      });
      // Below 0 loses the message on 3.10; unset is 20 from 4.0 on, after which it is thrown away.
      expect(given['x-delivery-limit']).toBeGreaterThanOrEqual(1_000_000);
      // Else a full queue throws away its oldest message.
      if ('x-max-length' in given) expect(given['x-overflow']).toBe('reject-publish');
    }
  },
);

it('takes in turn only what an order is kept of: target and hook queues have a single active consumer', () => {
  const alone = queues.filter(
    (queue) => queueArguments(queue)['x-single-active-consumer'] === true,
  );
  expect(alone).toEqual([targetQueue('aalter', 'topdesk'), hookQueue('aalter', 'topdesk')]);
});

it.each(['3.9.29', '3.8.0', '2.8.7'])('refuses RabbitMQ %s, saying which it needs', (version) => {
  expect(() => checkVersion(version)).toThrow(`RabbitMQ ${version} is too old: 3.10 or later`);
});
