import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { idOf, Parking, untranslatable } from '#infra/testing/delivery/parking.js';
import { until } from '#infra/testing/until.js';

let parking: Parking;

beforeEach(async () => {
  parking = await Parking.open();
});
afterEach(() => parking.close());

const editOf = async (message: string, change: object, digest?: string | null) => {
  const { json } = await parking.desk.get('/parked/messages');
  const listed = (json['messages'] as { id: string; digest: string }[]).find(
    ({ id }) => id === message,
  );
  const seen = digest === undefined ? listed?.digest : digest;
  return parking.desk.post(
    '/edits',
    { tenant: 'aalter', target: 'archief', message, reason: 'Titel verbeterd', ...change },
    'an',
    seen === null ? {} : { 'if-match': `"${seen ?? ''}"` },
  );
};

it('puts a corrected copy in the place of a message, before what stood behind it', async () => {
  const [message, behind] = await parking.park([untranslatable('a'), untranslatable('a')]);
  const patch = { titel: 'Put in het fietspad' };
  const edited = await editOf(message!, { patch });
  expect(edited.status).toBe(202);
  const copy = String(edited.json['copy']);
  await parking.reaches(`/orders/${idOf(edited)}`, 'done');
  expect(parking.delivered()).toEqual([copy]);
  const effects = `select message, state from delivery.effect order by at`;
  expect(await parking.world.rows(effects)).toEqual(
    expect.arrayContaining([
      { message, state: 'discarded' },
      { message: copy, state: 'done' },
    ]),
  );
  // Who has the record, the collector or the test itself, is a matter of who was asked.
  const causation = await until(
    async () =>
      parking.world.hearing.envelopes.get(copy)?.causationId ??
      (await parking.desk.get(`/messages/aalter/${copy}`)).json['causationId'],
    { what: 'the copy to be told' },
  );
  expect(causation).toBe(message);
  expect(await parking.world.rows('select message from delivery.waiting')).toEqual([
    { message: behind },
  ]);
  expect((await editOf(message!, { patch }, 'x')).status).toBe(404);
});

it('refuses an edit that is not right, and changes nothing but that the body was read', async () => {
  const [message] = await parking.park([untranslatable('a')]);
  const invalid = [
    [{ patch: { titel: null } }, /origineel is zoals het was/, '/data/titel'],
    [{ patch: { '@id': 'https://x.example/1' } }, /subject-mismatch/, '/subject'],
  ] as const;
  for (const [change, words, pointer] of invalid) {
    const { status, json } = await editOf(message!, change);
    expect([status, json['detail']]).toEqual([422, expect.stringMatching(words)]);
    expect((json['errors'] as { pointer: string }[])[0]?.pointer).toBe(pointer);
  }
  const unasked = [
    [{ patch: { titel: 'x' } }, 'of another', 412],
    [{ patch: { titel: 'x' } }, null, 428],
    [{ patch: { titel: 'onvertaalbaar' } }, undefined, 400],
    [{ patch: { titel: '•••••' } }, undefined, 400],
    [{}, undefined, 400],
  ] as const;
  for (const [change, digest, status] of unasked)
    expect((await editOf(message!, change, digest)).status).toBe(status);
  expect(await parking.world.rows('select state from delivery.waiting')).toEqual([
    { state: 'parked' },
  ]);
  expect(await parking.world.rows('select from delivery.parked_order')).toEqual([]);
  const readings = await parking.world.rows<{ action: string }>(
    'select action from monitoring.operator_action',
  );
  expect(readings.map(({ action }) => action)).toEqual(['read-body', 'read-body', 'read-body']);
});
