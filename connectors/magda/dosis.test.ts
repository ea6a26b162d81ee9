import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { contextOf, openDeskOf } from '#kit/contract/desk.js';
import type { Desk } from '#kit/contract/desk.js';
import { messageOf } from '#kit/contract/examples.js';
import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import { dossierContext, dossierStatusGewijzigd } from '#oslo/dossier/types.js';
import type { DossierStatusGewijzigd } from '#oslo/generated/dossier.js';
import type { Magda } from './client.js';
import { toRegistreerDossier } from './dossier.js';
import { registerDossier } from './dosis.js';
import { magda } from './magda.connector.js';
import type { MagdaSettings } from './settings.js';

let desk: Desk<Magda, MagdaSettings>;

beforeAll(async () => {
  desk = await openDeskOf(magda);
});
afterAll(() => desk.simulator.close());

const concept = (list: string, word: string) => ({
  '@id': `https://data.vlaanderen.be/id/concept/${list}/${word}`,
});

const dossier = (
  nummer: string,
  fase: string,
  more: object = {},
): Message<DossierStatusGewijzigd> =>
  messageOf(
    {
      type: dossierStatusGewijzigd.type,
      data: {
        '@context': dossierContext,
        '@type': 'Dossier',
        identificator: [{ '@type': 'Identificator', identificator: nummer }],
        naam: 'Aanvraag',
        heeftStatus: [
          {
            '@type': 'Status',
            statusVlaamsCode: concept('StatusVlaamseCode', 'InBehandeling'),
            statusVlaamsFase: concept('StatusVlaamseFase', fase),
            statusWijzigingsdatum: '2026-01-15T09:30:00+01:00',
          },
        ],
        heeftDeelnemer: [
          {
            '@type': 'AgentInRol',
            isRolspecialisatieVan: {
              '@type': 'GeregistreerdPersoon',
              registratie: { '@type': 'Identificator', identificator: '85640103336' },
            },
          },
        ],
        ...more,
      },
    },
    crypto.randomUUID(),
  ) as Message<DossierStatusGewijzigd>;

/** Attempts as the bus makes them, each with what the one before said; answers what came of each. */
const attempts = async (message: Message<DossierStatusGewijzigd>, most = 5) => {
  const request = toRegistreerDossier(message, desk.settings);
  const outcomes: (string | Failure)[] = [];
  let taken: string | undefined;
  while (outcomes.length < most) {
    try {
      await registerDossier(desk.client, request, contextOf(taken === undefined ? {} : { taken }));
      return [...outcomes, 'delivered'];
    } catch (error) {
      if (!(error instanceof Failure) || error.taken === undefined) return [...outcomes, error];
      outcomes.push(error.code);
      ({ taken } = error);
    }
  }
  return outcomes;
};

it('is delivered once DOSIS has processed it, and registers once for that', async () => {
  const before = desk.simulator.effects('aalter').length;
  const outcomes = await attempts(dossier('2026-1', 'Behandeling'));
  expect(outcomes).toEqual(['in-progress', 'in-progress', 'delivered']);
  expect(desk.simulator.effects('aalter').length - before).toBe(1);
  const registrations = desk.simulator.requests().filter(({ path }) => path.includes('Registreer'));
  expect(registrations).toHaveLength(1);
});

it('is rejected with the words of DOSIS where DOSIS refuses it afterwards', async () => {
  const [failure] = (await attempts(dossier('2026-2', 'Onzin'))).slice(-1);
  expect(failure).toMatchObject({
    verdict: 'reject',
    code: 'invalid',
    message: 'DOSIS did not take the file: Fase Onzin is niet gekend',
  });
});

it('does not take what came of the status before for what comes of this one', async () => {
  await attempts(dossier('2026-3', 'Behandeling'));
  expect(await attempts(dossier('2026-3', 'Onzin'), 2)).toEqual(['in-progress', 'in-progress']);
  const outcomes = await attempts(dossier('2026-3', 'Afgerond'));
  expect(outcomes.at(-1)).toBe('delivered');
});

it('says that it knows no associations, and where the one stands that is named', () => {
  const heeftDeelnemer = [
    {
      '@type': 'AgentInRol',
      isRolspecialisatieVan: {
        '@type': 'FeitelijkeVereniging',
        identificator: [{ '@type': 'Identificator', identificator: 'V0001001' }],
      },
    },
  ];
  const message = dossier('2026-4', 'Behandeling', { heeftDeelnemer });
  expect(() => toRegistreerDossier(message, desk.settings)).toThrow(
    expect.objectContaining({
      code: 'unsupported',
      pointer: '/data/heeftDeelnemer/0/isRolspecialisatieVan',
    }),
  );
});

it('says what the settings lack', () => {
  const without = { ...desk.settings };
  delete without.dossierBron;
  expect(() => toRegistreerDossier(dossier('2026-5', 'Behandeling'), without)).toThrow(
    'dossierBron',
  );
});
