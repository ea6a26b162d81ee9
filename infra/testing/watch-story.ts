import { publishAccepted, publishStep } from '#bus/audit.js';
import { auditQueue } from '#bus/topology.js';
import { until } from './until.js';
import { seal } from '#runtime/keys.js';
import { envelopeOf, stepOf } from './audit-records.js';
import type { Watch } from './watch.js';

/** One message of aalter that was tried twice at its TOPdesk and is held at its postvak. */
export const watchedEnvelope = envelopeOf(1, {
  tenant: 'aalter',
  targets: ['topdesk', 'meldpunt'],
  subject: 'https://meldingen.aalter.example/id/melding/<1>&"',
});
export const watchedEvent = {
  id: watchedEnvelope.senderId,
  type: watchedEnvelope.type,
  data: {
    '@type': 'Melding',
    titel: 'Put in het fietspad',
    indiener: {
      '@type': 'GeregistreerdPersoon',
      achternaam: 'Voorbeeld',
      registratie: { '@type': 'Identificator', identificator: '85673003328' },
    },
    heeftBody: [
      {
        '@type': 'MeldingBody',
        bijlage: 'urn:lb-bus:attachment:01900000-0000-4000-8000-000000000001',
      },
    ],
  },
};

const publishStory = async ({ bus, keys }: Watch): Promise<void> => {
  const sealed = seal(
    Buffer.from(JSON.stringify(watchedEvent)),
    keys,
    `aalter|${watchedEnvelope.id}`,
  );
  await bus.ensureQueues([auditQueue]);
  await publishAccepted(bus, watchedEnvelope, sealed);
  const steps = [
    stepOf(watchedEnvelope, { outcome: 'retry', status: 'waiting', code: 'unavailable' }),
    stepOf(watchedEnvelope, { sequence: 2, externalId: 'I 2611 001' }),
    stepOf(watchedEnvelope, {
      target: 'meldpunt',
      outcome: 'held',
      status: 'held',
      code: 'unauthorized',
      detail: 'Het wachtwoord van <meldpunt> is niet juist',
    }),
  ];
  for (const step of steps) await publishStep(bus, step, keys);
};

const insertWaiting = ({ tenancy }: Watch): Promise<void> =>
  tenancy.database.scoped('aalter', async (trx) => {
    await trx
      .insertInto('delivery.hold')
      .values({
        tenant: 'aalter',
        target: 'meldpunt',
        code: 'unauthorized',
        detail: 'Het wachtwoord is niet juist',
        held_by: 'bus',
      })
      .execute();
    const rows = [1, 2, 3].map((number) => ({
      tenant: 'aalter',
      target: 'topdesk',
      subject: 's',
      message: envelopeOf(number).id,
      state: number === 3 ? ('waiting' as const) : ('parked' as const),
      due_at: new Date(),
      code: 'unknown-value',
      detail: 'TOPdesk kent de categorie "Voetpad" niet',
      envelope: '{}',
      body: Buffer.from('sealed'),
    }));
    await trx.insertInto('delivery.waiting').values(rows).execute();
  });

/** Publishes the story, puts a hold, two parked and one waiting message in the tables, and waits for the collector. */
export const tellStory = async (watch: Watch): Promise<void> => {
  await publishStory(watch);
  await insertWaiting(watch);
  const collected = async (): Promise<boolean> => {
    const { text } = await watch.ask(`/admin/v1/messages/aalter/${watchedEnvelope.id}`);
    return text.includes('I 2611 001') && text.includes('wachtwoord');
  };
  await until(collected, { what: 'the collected steps' });
};
