import { TestGate } from '#infra/testing/gate.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

/** What fits in a message of 1 MiB. */
const fits = 1_048_576;

it.each<[string, unknown]>([
  ['numbers', JSON.parse(`[${'0,'.repeat(fits / 2 - 1)}0]`)],
  ['empty lists', JSON.parse(`[${'[],'.repeat(fits / 3 - 1)}[]]`)],
  ['nulls', JSON.parse(`[${'null,'.repeat(fits / 5 - 1)}null]`)],
  ['names', Object.fromEntries(Array.from({ length: fits / 12 }, (_, index) => [`n${index}`, 0]))],
])('refuses a message full of %s as invalid, with reasons that can be counted', async (_, full) => {
  const gate = new TestGate();
  for (const data of [full, { ...meldingData(), vol: full }]) {
    const { code, reasons } = await gate.refused(meldingEvent({ data }));
    expect(code).toBe('invalid');
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.length).toBeLessThanOrEqual(1_000);
  }
});

it('looks up a hundred attachments a few at a time, and names each that is unknown', async () => {
  let [running, most] = [0, 0];
  const describeSlowly = async (): Promise<null> => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return null;
  };
  const gate = new TestGate({ attachments: { describe: describeSlowly } });
  const heeftBody = Array.from({ length: 100 }, () => ({
    '@type': 'MeldingBody',
    beschrijving: 'x',
    bijlage: `urn:lb-bus:attachment:${randomUUID()}`,
  }));
  const { code, reasons } = await gate.refused(
    meldingEvent({ data: { ...meldingData(), heeftBody } }),
  );
  expect([code, reasons.length]).toEqual(['attachment-unknown', 100]);
  expect(most).toBeLessThanOrEqual(16);
});

it('answers a fault of our own with 500 and keeps its cause for the log', async () => {
  const cause = new Error('a fault');
  const logged: unknown[] = [];
  const gate = new TestGate({
    directory: () => {
      throw cause;
    },
    log: { warn: (...words: unknown[]) => void logged.push(words[0]) },
  });
  expect(await gate.refusal(meldingEvent())).toMatchObject({
    status: 500,
    code: 'unclassified',
    cause,
  });
  expect(logged).toEqual([{ err: cause }]);
});
