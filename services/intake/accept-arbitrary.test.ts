import { TestGate } from '#infra/testing/gate.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from './refusal.js';

const outcomeOf = async (event: unknown): Promise<string> => {
  const gate = new TestGate();
  try {
    const accepted = await gate.accept(event);
    return gate.delivered(accepted)['busid'] === accepted.id ? 'accepted' : 'lost';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return gate.published.length === 0 ? 'refused' : 'refused, and yet published';
  }
};

const json = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });

it('answers any JSON with a refusal of which nothing entered, and throws nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(json, async (event) => {
      expect(await outcomeOf(event)).toBe('refused');
    }),
    { numRuns: 300, seed: 20260105 },
  );
});

it('answers a melding in which anything is replaced by any JSON with one or the other', async () => {
  const names = fc.constantFrom(...Object.keys(meldingEvent()), 'tenant', 'traceparent', 'extra');
  const dataNames = fc.constantFrom(...Object.keys(meldingData()), '__proto__', 'bijlage');
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(names, dataNames, json, json, async (name, dataName, value, dataValue) => {
      const data = JSON.parse(
        JSON.stringify({ ...meldingData(), ['replaced']: dataValue }).replace('replaced', dataName),
      ) as unknown;
      for (const event of [meldingEvent({ [name]: value }), meldingEvent({ data })]) {
        const outcome = await outcomeOf(event);
        seen.add(outcome);
        expect(['accepted', 'refused']).toContain(outcome);
      }
    }),
    { numRuns: 300, seed: 20260105 },
  );
  expect([...seen].sort()).toEqual(['accepted', 'refused']);
});
