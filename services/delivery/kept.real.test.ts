import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { archiefConnector, testConnectors } from '#infra/testing/delivery/connectors.js';
import { World } from '#infra/testing/delivery/world.js';
import type { Connector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import type { HttpClient } from '#kit/http.js';
import { meldingIngediend } from '#oslo/melding/types.js';

let world: World;

beforeAll(async () => {
  world = await World.create();
  await world.start({ connectors: keeping });
});
afterAll(() => world.close());

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

const told = async (subject: string, titel: string) =>
  world.hearing.reaches(await world.send({ subject, titel }), 'delivered');
const filed = (): string[] => world.archief.things.map(({ reference }) => reference);

it('gives a later message about a subject what an earlier one left, and nothing to another', async () => {
  await told('a', 'An Voorbeeld');
  expect(await told('a', 'Iets anders')).toMatchObject({ detail: null });
  expect(await told('b', 'Bo Voorbeeld')).toMatchObject({ detail: 'Filed under another' });
  expect(filed()).toEqual(['An Voorbeeld', 'An Voorbeeld', 'Bo Voorbeeld']);
});

it('keeps it sealed, and gives it no more once its time is over', async () => {
  await told('c', 'An Voorbeeld');
  const rows = await world.rows<{ shown: string }>(
    `update delivery.kept set keep_until = now() - interval '1 second'
     returning encode(sealed, 'escape') as shown`,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('Voorbeeld');
  await told('c', 'Iets anders');
  expect(filed().at(-1)).toBe('Iets anders');
});
