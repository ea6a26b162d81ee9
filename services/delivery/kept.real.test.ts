import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { archiefConnector, testConnectors } from '#infra/testing/delivery/connectors.js';
import { World } from '#infra/testing/delivery/world.js';
import { operation, type Connector } from '#kit/definition.js';
import type { HttpClient } from '#kit/http.js';
import { meldingIngediend } from '#oslo/melding/types.js';

let world: World;

beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

/** An archive that files a melding under the title that the first melding of its subject had. */
const keeping: ReadonlyMap<string, Connector> = new Map<string, Connector>(testConnectors).set(
  'archief',
  {
    ...archiefConnector,
    operations: {
      register: operation({
        summary: 'Files a melding.',
        accepts: meldingIngediend,
        redelivery: 'may-repeat',
        map: ({ data, subject }) => ({ title: data.titel, subject }),
        send: async (client: HttpClient, { title, subject }, { kept, signal }) => {
          const thing = { reference: typeof kept === 'string' ? kept : title, subject };
          await client.post('/things', thing, { signal });
          return thing;
        },
        keep: ({ reference }) => ({ value: reference, days: 30 }),
        remark: ({ reference }) => (reference === 'An Voorbeeld' ? null : 'Filed under another'),
      }),
    },
  },
);

it('gives a later message about a subject what an earlier one left, and to nobody else', async () => {
  const first = await world.start({ connectors: keeping });
  await world.hearing.reaches(
    await world.send({ subject: 'a', titel: 'An Voorbeeld' }),
    'delivered',
  );
  await world.stop(first);
  await world.start({ connectors: keeping });
  const later = await world.send({ subject: 'a', titel: 'Iets anders' });
  const other = await world.send({ subject: 'b', titel: 'Bo Voorbeeld' });
  expect(await world.hearing.reaches(later, 'delivered')).toMatchObject({ detail: null });
  expect(await world.hearing.reaches(other, 'delivered')).toMatchObject({
    detail: 'Filed under another',
  });
  const filed = world.archief.things.map(({ reference }) => reference);
  expect(filed.sort()).toEqual(['An Voorbeeld', 'An Voorbeeld', 'Bo Voorbeeld']);
});

it('keeps it sealed, and gives it no more once its time is over', async () => {
  await world.start({ connectors: keeping });
  await world.hearing.reaches(
    await world.send({ subject: 'a', titel: 'An Voorbeeld' }),
    'delivered',
  );
  const [row] = await world.rows<{ shown: string }>(
    `update delivery.kept set keep_until = now() - interval '1 second'
     returning convert_from(sealed, 'latin1') as shown`,
  );
  expect(row?.shown).toBeDefined();
  expect(row?.shown).not.toContain('Voorbeeld');
  const later = await world.send({ subject: 'a', titel: 'Iets anders' });
  await world.hearing.reaches(later, 'delivered');
  expect(world.archief.things.at(-1)?.reference).toBe('Iets anders');
});
