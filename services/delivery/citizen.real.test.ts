import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { iriOf } from '#infra/testing/exchange/declared.js';
import { ExchangeGround } from '#infra/testing/exchange/ground.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { until } from '#infra/testing/until.js';
import { meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';

jest.setTimeout(120_000);

/** An invented person: the month is 60 higher. */
const insz = '85641501720';
const subject = 'https://meldingen.aalter.example/id/melding/put';

const aalter = (settings: (system: string, tenant: string) => string): string => `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: ${iriOf('aalter')}
kbo: "0207433216"
verwerkingen: [meldingen-openbaar-domein]
connectors:
  topdesk: { settings: { ${settings('topdesk', 'aalter')}, pollSeconds: 1 } }
  mijn-burgerprofiel: { settings: { ${settings('mijn-burgerprofiel', 'aalter')} } }
routes:
  - { when: { type: ${meldingIngediend.type} }, to: [ topdesk, mijn-burgerprofiel ] }
  - { when: { type: ${meldingStatusGewijzigd.type} }, to: [ topdesk, mijn-burgerprofiel ] }
`;

interface Seen {
  readonly dossiers: readonly {
    readonly Status: { readonly VlaamsCode: string };
    readonly Agenten: readonly { readonly Identificatie: string }[];
  }[];
  readonly notifications: readonly unknown[];
}

let ground: ExchangeGround;

beforeAll(async () => {
  ground = await ExchangeGround.open(['aalter'], aalter);
});
afterAll(() => ground.close());

const burgerprofiel = () => ground.simulators['mijn-burgerprofiel'];
const seen = (): Seen => burgerprofiel().state('aalter') as unknown as Seen;

const standsAt = (code: string) =>
  until(() => seen().dossiers[0]?.Status.VlaamsCode === code, {
    what: `the dossier to stand at ${code}`,
    timeoutMs: 30_000,
  });

it('a citizen sees what becomes of a melding in TOPdesk, which never learns who that is', async () => {
  const indiener = {
    '@type': ['GeregistreerdPersoon', 'Agent'],
    registratie: { '@type': 'Identificator', identificator: insz },
    voornaam: ['An'],
  };
  const data = { ...meldingData(), '@id': subject, titel: 'Put', indiener };
  await ground.send('aalter', meldingEvent({ id: 'put', subject, data }));
  await standsAt('InBehandeling');
  ground.simulators.topdesk.drive('aalter', 'solve', {});
  await standsAt('Uitgevoerd');
  expect(seen().dossiers).toHaveLength(1);
  expect(seen().dossiers[0]?.Agenten).toMatchObject([{ Identificatie: insz }]);
  await until(() => seen().notifications.length === 2, { what: 'both notifications' });
  expect(JSON.stringify(ground.simulators.topdesk.state('aalter'))).not.toContain(insz);
});

it('that DOSIS works on what it has taken counts as no retry', async () => {
  const counted = (await ground.metrics())
    .split('\n')
    .filter((line) => line.includes('lbbus_deliveries_total{') && line.includes('burgerprofiel'));
  expect(counted.filter((line) => line.includes('delivered'))).toHaveLength(1);
  expect(counted.filter((line) => line.includes('retry'))).toEqual([]);
});

it('the number is nowhere in the clear where the bus keeps something, nor on the trace', async () => {
  const tables = ['kept', 'effect', 'reference', 'waiting'];
  for (const table of tables) {
    const rows = await ground.rows(`select t::text as row from delivery.${table} t`);
    expect(JSON.stringify(rows)).not.toContain(insz);
  }
  const kept = await ground.rows<{ subject: string; shown: string }>(
    `select subject, encode(sealed, 'escape') as shown from delivery.kept`,
  );
  expect(kept.map((row) => row.subject)).toEqual([subject]);
  expect(kept[0]?.shown).not.toContain(insz);
  expect(JSON.stringify(ground.hearing.steps)).not.toContain(insz);
});

it('a status that DOSIS takes and then cannot process is parked with what it says', async () => {
  burgerprofiel().drive('aalter', 'refuse', { reason: 'Het product bestaat niet' });
  const status = {
    '@type': 'Meldingstatus',
    statusType: { '@id': 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/647' },
    statusdatum: new Date().toISOString(),
    beschrijving: 'Heringediend',
    statuswijzigingDoor: { '@type': 'Agent' },
  };
  const { '@context': context } = meldingData();
  const data = { '@context': context, '@id': subject, '@type': 'Melding', heeftStatus: [status] };
  const type = meldingStatusGewijzigd.type;
  const time = new Date().toISOString();
  const id = await ground.send('aalter', meldingEvent({ id: 'weer', type, subject, time, data }));
  const ofDosis = () =>
    ground.hearing.steps.filter(
      ({ envelope, target }) => envelope.id === id && target === 'mijn-burgerprofiel',
    );
  await until(() => ofDosis().some((step) => step.status === 'parked'), { what: 'an end' });
  expect(ofDosis()).toMatchObject([
    { outcome: 'retry', code: 'in-progress' },
    ...ofDosis().slice(1, -1),
    { outcome: 'rejected', detail: expect.stringContaining('Het product bestaat niet') as unknown },
  ]);
});
