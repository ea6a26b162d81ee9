import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import type { NewIncident } from './mapping.js';
import type { Progress } from './progress.js';
import { addProgress, createIncident, referToProgressed, remarkOnProgressed } from './sending.js';
import { contextOf } from '#kit/contract/desk.js';
import { openDesk, seen } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.simulator.close());

const photos = ['a', 'b'].map(
  (name) => `urn:lb-bus:attachment:0190a0c0-0000-7000-8000-00000000000${name}`,
);

const newIncident = (attachments: readonly string[] = []): NewIncident => ({
  incident: {
    status: 'firstLine',
    briefDescription: 'Put',
    request: 'Put',
    caller: { dynamicName: 'An' },
  },
  attachments,
});

const progress = (options: Partial<Progress> = {}): Progress => ({
  action: 'Meer nieuws.',
  invisibleForCaller: true,
  processingStatus: null,
  status: { label: 'In onderzoek', since: '2026-01-06T09:00:00Z' },
  attachments: [],
  externalNumbers: [],
  ...options,
});

describe('an incident', () => {
  it('gets its attachments once, streamed whole, also when a delivery broke off half-way', async () => {
    const context = contextOf();
    desk.simulator.fault({ kind: 'drop', methods: ['POST'], skip: 2 });
    await failureOf(createIncident(desk.client, newIncident(photos), context));
    expect(seen(desk)[0]?.attachments).toHaveLength(1);
    await createIncident(desk.client, newIncident(photos), { ...context, redelivered: true });
    const [incident, another] = seen(desk);
    expect(another).toBeUndefined();
    expect(incident?.attachments.map(({ description }) => description)).toEqual(photos);
    expect(incident?.attachments[0]).toMatchObject({
      fileName: 'put in de wég.jpg',
      sizeBytes: photos[0]?.length,
    });
  });

  it('is found again when it has been archived meanwhile', async () => {
    const context = contextOf();
    const { id } = (await createIncident(desk.client, newIncident(), context)).incident;
    desk.drive('archive');
    const again = await createIncident(desk.client, newIncident(), context);
    expect(again).toMatchObject({ incident: { id }, made: false });
  });

  it('is refused with the reason of TOPdesk', async () => {
    const wrong = newIncident();
    const category = { category: { name: 'Maanlanding' } };
    const failure = await failureOf(
      createIncident(
        desk.client,
        { ...wrong, incident: { ...wrong.incident, ...category } },
        contextOf(),
      ),
    );
    expect(failure).toMatchObject({ verdict: 'reject', code: 'invalid' });
    expect(failure.message).toContain("'category.name' cannot be found");
  });

  it('tells that an attachment is too large', async () => {
    desk.drive('setAttachmentLimit', { sizeBytes: 3 });
    const failure = await failureOf(createIncident(desk.client, newIncident(photos), contextOf()));
    expect(failure).toMatchObject({ verdict: 'reject', code: 'too-large' });
  });
});

describe('progress', () => {
  it('is added once, even where a hundred other texts came after it', async () => {
    const { id } = (await createIncident(desk.client, newIncident(), contextOf())).incident;
    const context = contextOf({ reference: id });
    for (let n = 0; n < 100; n += 1)
      await desk.ask('PATCH', `/incidents/id/${id}`, { action: `Tekst ${n}` });
    await addProgress(desk.client, progress(), context);
    await addProgress(desk.client, progress(), { ...context, redelivered: true });
    const ours = seen(desk)[0]?.actions.filter((text) => text.includes(context.messageId));
    expect(ours).toEqual([`Meer nieuws.<h6>LB-bus ${context.messageId}</h6>`]);
  }, 30_000);

  it('finds its incident by external number where the bus has no reference', async () => {
    await desk.ask('POST', '/incidents', {
      briefDescription: 'Van de balie',
      externalNumber: "2026-'1",
    });
    await addProgress(
      desk.client,
      progress({ externalNumbers: ['other', "2026-'1"] }),
      contextOf(),
    );
    expect(seen(desk)[0]?.actions).toHaveLength(1);
  });

  it.each([
    ['no incident', 0, 'not-found'],
    ['several incidents', 2, 'conflict'],
  ])('is rejected where %s has the number', async (_what, count, code) => {
    for (let n = 0; n < count; n += 1)
      await desk.ask('POST', '/incidents', { briefDescription: 'x', externalNumber: 'n' });
    const failure = await failureOf(
      addProgress(desk.client, progress({ externalNumbers: ['n'] }), contextOf()),
    );
    expect(failure).toMatchObject({ verdict: 'reject', code });
  });

  it('is rejected where nothing names the incident, without asking', async () => {
    const failure = await failureOf(addProgress(desk.client, progress(), contextOf()));
    expect(failure).toMatchObject({ verdict: 'reject', code: 'not-found' });
    expect(desk.simulator.requests()).toEqual([]);
  });

  it('on an archived incident concerns its sender, a missing right the operator', async () => {
    const { id } = (await createIncident(desk.client, newIncident(), contextOf())).incident;
    desk.drive('setPermission', { mayWrite: false });
    const denied = await failureOf(
      addProgress(desk.client, progress(), contextOf({ reference: id })),
    );
    expect(denied).toMatchObject({ verdict: 'pause', code: 'forbidden' });
    desk.drive('setPermission', { mayWrite: true });
    desk.drive('archive');
    const archived = await failureOf(
      addProgress(desk.client, progress(), contextOf({ reference: id })),
    );
    expect(archived).toMatchObject({ verdict: 'reject', code: 'conflict' });
  });
});

describe('a status', () => {
  const since = '2099-01-01T00:00:00Z';

  it('opens again what had ended', async () => {
    const { id } = (await createIncident(desk.client, newIncident(), contextOf())).incident;
    desk.drive('solve');
    const again = { processingStatus: 'In behandeling', status: { label: 'Heringediend', since } };
    const told = await addProgress(desk.client, progress(again), contextOf({ reference: id }));
    expect(told?.incident).toMatchObject({
      processingStatus: { name: 'In behandeling' },
      completed: false,
    });
  });

  it('of a melding of another TOPdesk is left to that, where the settings say so', async () => {
    const unknown = progress({ externalNumbers: ['0190a0c0-0000-7000-8000-0000000000aa'] });
    const refused = await failureOf(addProgress(desk.client, unknown, contextOf()));
    expect(refused).toMatchObject({ verdict: 'reject', code: 'not-found' });
    const client = { ...desk.client, settings: { ...desk.client.settings, leavesUnknown: true } };
    const left = await addProgress(client, unknown, contextOf());
    expect([left, referToProgressed(left)]).toEqual([null, null]);
    expect(remarkOnProgressed(left)).toContain('no incident of the melding');
    const { id } = (await createIncident(client, newIncident(), contextOf())).incident;
    const own = await addProgress(client, progress(), contextOf({ reference: id }));
    expect([own?.incident.id, remarkOnProgressed(own)]).toEqual([id, null]);
  });

  it('that people gave after the one that it is told stays, and the text is added', async () => {
    const { id } = (await createIncident(desk.client, newIncident(), contextOf())).incident;
    desk.drive('solve');
    const told = await addProgress(
      desk.client,
      progress({ processingStatus: 'In behandeling' }),
      contextOf({ reference: id }),
    );
    expect(told?.reception.gives).toBe(false);
    expect(seen(desk)[0]).toMatchObject({ processingStatus: 'Afgemeld', completed: true });
    expect(seen(desk)[0]?.actions).toHaveLength(1);
  });
});
