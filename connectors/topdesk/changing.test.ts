import { afterEach, describe, expect, it } from '@jest/globals';
import { contextOf } from '#kit/contract/desk.js';
import { failureOf } from '#kit/contract/answering.js';
import { meldingContext } from '#oslo/melding/types.js';
import { statusIri } from '#kit/melding-status.js';
import { messageOf } from '#kit/contract/examples.js';
import { incidentChanged } from './incident-changed.js';
import { statusToProgress } from './progress.js';
import { addProgress, createIncident, referToProgressed } from './sending.js';
import { make, newIncident, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
afterEach(() => desk.simulator.close());

interface Shown {
  readonly status: string;
  readonly processingStatus: { readonly name: string } | null;
  readonly completed: boolean;
  readonly closed: boolean;
  readonly closureCode: { readonly name: string } | null;
  readonly caller: Readonly<Record<string, unknown>>;
}

const shown = async (id: string): Promise<Shown> =>
  (await desk.ask('GET', `/incidents/id/${id}`)).json as Shown;

/** Tells TOPdesk a status of the melding, a minute after the one before. */
let minutes = 0;
const tell = async (id: string, label: string): Promise<ReturnType<typeof referToProgressed>> => {
  minutes += 1;
  const at = new Date(desk.simulator.now().getTime() + minutes * 60_000).toISOString();
  const data = {
    '@context': meldingContext,
    '@type': 'Melding',
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': statusIri(label) },
        statusdatum: at,
        statuswijzigingDoor: { '@type': 'Agent' },
      },
    ],
  };
  const context = contextOf({ reference: id });
  const message = messageOf({ time: at, data }, context.messageId);
  const progress = statusToProgress(message as never, desk.settings);
  await addProgress(desk.client, progress, context);
  return referToProgressed(
    await addProgress(desk.client, progress, { ...context, redelivered: true }),
  );
};

describe('a status that ends an incident', () => {
  it('completes and closes it with its closure code, and a later one opens it again', async () => {
    desk = await openDesk({
      processingStatuses: { Opgelost: 'Afgemeld', Heringediend: 'In behandeling' },
      endings: { Opgelost: { closed: true, closureCode: 'Opgelost' } },
    });
    const { id } = await make(desk);
    const { state } = (await tell(id, 'Opgelost'))!;
    expect(await shown(id)).toMatchObject({
      processingStatus: { name: 'Afgemeld' },
      completed: true,
      closed: true,
      closureCode: { name: 'Opgelost' },
    });
    const item = (await incidentChanged.webhook?.read(desk.client, hint(id), reading()))?.[0];
    const subject = 'https://meldingen.aalter.example/id/melding/1';
    const { settings } = desk;
    expect(incidentChanged.map(item!, { subject, state, settings }).message).toBeNull();
    await tell(id, 'Heringediend');
    expect(await shown(id)).toMatchObject({
      processingStatus: { name: 'In behandeling' },
      completed: false,
      closed: false,
    });
  });

  it('may leave its processing status as it is', async () => {
    desk = await openDesk({ endings: { Opgelost: {} } });
    const { id } = await make(desk);
    await tell(id, 'Opgelost');
    expect(await shown(id)).toMatchObject({
      processingStatus: { name: 'Geregistreerd' },
      completed: true,
      closed: false,
    });
  });
});

const hint = (id: string) => ({ headers: {}, body: Buffer.from(JSON.stringify({ id })) });
const reading = () => {
  // TOPdesk counts in seconds: the one in which something changed has to be over.
  desk.simulator.advance(2_000);
  return { signal: AbortSignal.timeout(10_000), settings: desk.settings };
};

describe('a status that moves an incident', () => {
  it('brings it to the second line and back, once, with a reason that TOPdesk knows', async () => {
    desk = await openDesk({
      escalations: { 'In onderzoek': { reason: 'Aannemer nodig' } },
      deescalations: { Heringediend: {} },
    });
    const { id } = await make(desk);
    await tell(id, 'In onderzoek');
    expect(await shown(id)).toMatchObject({ status: 'secondLine' });
    await tell(id, 'In onderzoek');
    await tell(id, 'Heringediend');
    expect(await shown(id)).toMatchObject({ status: 'firstLine' });
    const moves = desk.simulator.requests().filter(({ path }) => path.endsWith('escalate'));
    expect(moves).toHaveLength(2);
  });

  it('leaves one that people have ended since where it is', async () => {
    desk = await openDesk({ escalations: { 'In onderzoek': {} } });
    const { id } = await make(desk);
    desk.simulator.advance(3_600_000);
    desk.drive('solve');
    desk.simulator.advance(-3_600_000);
    await tell(id, 'In onderzoek');
    expect(await shown(id)).toMatchObject({ status: 'firstLine' });
  });

  it('is refused where the reason does not exist', async () => {
    desk = await openDesk({ escalations: { 'In onderzoek': { reason: 'Zomaar' } } });
    const { id } = await make(desk);
    expect(await failureOf(tell(id, 'In onderzoek'))).toMatchObject({ code: 'invalid' });
  });
});

describe('a melder', () => {
  const melder = (email: string) => ({ ...newIncident, melder: { email, request: 'Put<br>An' } });

  it('with a card in TOPdesk is its caller, and what he said of himself stays in the text', async () => {
    desk = await openDesk();
    const { id } = (
      await createIncident(desk.client, melder('balie@gemeente.example'), contextOf())
    ).incident;
    expect((await shown(id)).caller).toMatchObject({ dynamicName: 'Balie' });
    expect(desk.simulator.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    ['without one', 'an@example.org'],
    ['whose card may not be a caller', 'archief@gemeente.example'],
  ])('%s is a caller of that name', async (_what, email) => {
    desk = await openDesk();
    const { id } = (await createIncident(desk.client, melder(email), contextOf())).incident;
    expect((await shown(id)).caller).toMatchObject({ dynamicName: 'An' });
    const asked = desk.simulator.requests().map(({ path, query }) => `${path}?${query}`);
    expect(asked.filter((address) => address.includes(email.split('@')[0] ?? ''))).toEqual([]);
  });

  it('is no reason to believe that the rest is right', async () => {
    desk = await openDesk();
    const wrong = {
      ...melder('balie@gemeente.example'),
      incident: { ...newIncident.incident, category: { name: 'Maanlanding' } },
    };
    const failure = await failureOf(createIncident(desk.client, wrong, contextOf()));
    expect(failure).toMatchObject({ verdict: 'reject', code: 'invalid' });
    expect(failure.message).toContain('category.name');
  });
});
