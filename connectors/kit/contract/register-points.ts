import { expect } from '@jest/globals';
import type { Connector } from '../definition.js';
import { operationOf } from './examples.js';
import { withBench } from './point.js';
import type { Point } from './point.js';

const longestReference = 200;

const asksSource = ({ operations }: Connector): boolean =>
  Object.values(operations).some(({ register }) => register);

const tellsAboutWhom: Point = {
  name: 'a question to an authentic source says for the register what it asks, under which reference and about whom',
  needsSimulator: true,
  notApplicable: ({ connector }) => (asksSource(connector) ? null : 'it asks no authentic source'),
  run: async (subject) => {
    for (const example of subject.operations) {
      const { register } = operationOf(subject.connector, example).operation;
      if (!register) continue;
      await withBench(subject, async ({ delivery, open }) => {
        const { operation, message, send } = await delivery(example);
        const settings = { ...open.settings, ...example.settings };
        const entry = register.entry(operation.map(message, settings), {
          settings,
          messageId: message.busId,
        });
        const { about, reference, service = register.service } = entry;
        expect(service).not.toBe('');
        expect(reference.length).toBeGreaterThan(0);
        expect(reference.length).toBeLessThanOrEqual(longestReference);
        const numbers = [...about, ...(register.found?.(await send()) ?? [])];
        expect(numbers.length).toBeGreaterThan(0);
        for (const number of numbers)
          expect(JSON.stringify([service, reference, entry.capacity])).not.toContain(number);
      });
    }
  },
};

/** What the bus writes to its register before a question leaves. */
export const registerPoints: readonly Point[] = [tellsAboutWhom];
