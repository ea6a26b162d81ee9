import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import type { Progress } from './progress.js';
import { addProgress } from './sending.js';
import { contextOf } from '#kit/contract/desk.js';
import { asked, makeIncident, openDesk, seen } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.simulator.close());

const progress = (options: Partial<Progress> = {}): Progress => ({
  title: 'LB-bus: nieuws',
  note: 'Meer nieuws.',
  status: null,
  told: { label: 'In onderzoek', since: '2026-01-06T09:00:00Z' },
  attachments: [],
  numbers: [],
  ...options,
});

describe('progress', () => {
  const made = async (): Promise<string> => (await makeIncident(desk)).incidentid;
  const resolved = { statecode: 1, statuscode: 5 };

  it('is added once, with the status', async () => {
    const context = contextOf({ reference: await made() });
    const status = { statecode: 0, statuscode: 4 };
    const { incident } = await addProgress(desk.client, progress({ status }), context);
    desk.drive('resolve');
    await addProgress(desk.client, progress({ status }), { ...context, redelivered: true });
    expect(incident.statuscode).toBe(4);
    expect(seen(desk)[0]).toMatchObject({ statuscode: 5 });
    expect(seen(desk)[0]?.notes).toEqual([{ subject: 'LB-bus: nieuws', notetext: 'Meer nieuws.' }]);
  });

  it.each([
    ['action', 'action', 'POST'],
    ['action-with-id', 'action-with-id', 'POST'],
    ['update', 'action', 'PATCH'],
  ])('resolves by %s', async (closing, environment, method) => {
    const other = await openDesk({ closing });
    other.drive('setClosing', { closing: environment });
    const { incidentid } = await makeIncident(other);
    const context = contextOf({ reference: incidentid });
    await addProgress(other.client, progress({ status: resolved }), context);
    expect(seen(other)[0]).toMatchObject(resolved);
    const sent = other.simulator.requests().at(-1)?.body ?? '';
    expect(sent.includes('/CloseIncident HTTP/1.1')).toBe(method === 'POST');
    await other.simulator.close();
  });

  it('neither resolves nor notes where the environment wants the action in another form', async () => {
    desk.drive('setClosing', { closing: 'action-with-id' });
    const context = contextOf({ reference: await made() });
    const failure = await failureOf(
      addProgress(desk.client, progress({ status: resolved }), context),
    );
    expect(failure).toMatchObject({ verdict: 'reject', code: 'invalid' });
    expect(seen(desk)[0]).toMatchObject({ statecode: 0, notes: [] });
  });

  it('opens again what was resolved', async () => {
    const reference = await made();
    desk.drive('resolve');
    const status = { statecode: 0, statuscode: 1 };
    const told = { label: 'Toegewezen aan', since: '2099-01-01T00:00:00Z' };
    await addProgress(desk.client, progress({ status, told }), contextOf({ reference }));
    expect(seen(desk)[0]).toMatchObject(status);
  });

  it('resolves what was cancelled, by opening it first', async () => {
    const reference = await made();
    desk.drive('cancel');
    const told = { label: 'Opgelost', since: '2099-01-01T00:00:00Z' };
    const context = contextOf({ reference });
    await addProgress(desk.client, progress({ status: resolved, told }), context);
    expect(seen(desk)[0]).toMatchObject(resolved);
  });

  it('keeps a status that people gave after the one that it is told, and notes it', async () => {
    const reference = await made();
    desk.drive('cancel');
    await addProgress(desk.client, progress({ status: resolved }), contextOf({ reference }));
    expect(seen(desk)[0]).toMatchObject({ statecode: 2, notes: [{ subject: 'LB-bus: nieuws' }] });
  });

  it('does not write over what somebody changed since it was read', async () => {
    const reference = await made();
    const { http } = desk.client;
    const client = {
      ...desk.client,
      http: {
        ...http,
        batch: (async (request) => {
          const answers = await http.batch(request);
          if (request.parts.length === 2) desk.drive('setPriority', { prioritycode: 1 });
          return answers;
        }) as typeof http.batch,
      },
    };
    const status = { statecode: 0, statuscode: 4 };
    const context = contextOf({ reference });
    const failure = await failureOf(addProgress(client, progress({ status }), context));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'locked' });
    expect(seen(desk)[0]).toMatchObject({ statuscode: 1, notes: [] });
    await addProgress(desk.client, progress({ status }), context);
    expect(seen(desk)[0]?.statuscode).toBe(4);
  });

  it('finds its incident by number where the bus has no reference', async () => {
    const { ticketnumber } = await makeIncident(desk);
    const numbers = ["2026-'1", ticketnumber ?? ''];
    await addProgress(desk.client, progress({ numbers }), contextOf());
    expect(seen(desk)[0]?.notes).toHaveLength(1);
  });

  it('is rejected where no incident has the number, and without asking where there is none', async () => {
    for (const numbers of [['CAS-1'], []]) {
      const failure = await failureOf(addProgress(desk.client, progress({ numbers }), contextOf()));
      expect(failure).toMatchObject({ verdict: 'reject', code: 'not-found' });
    }
    expect(asked(desk)).toHaveLength(1);
  });

  it('is rejected where its incident is gone', async () => {
    const reference = await made();
    desk.drive('deleteIncident');
    const failure = await failureOf(addProgress(desk.client, progress(), contextOf({ reference })));
    expect(failure).toMatchObject({ verdict: 'reject', code: 'not-found' });
  });

  it('is not written at an incident that was not asked for', async () => {
    const reference = await made();
    desk.drive('setFlaws', { flaws: ['foreign-rows'] });
    const failure = await failureOf(addProgress(desk.client, progress(), contextOf({ reference })));
    expect(failure.message).toContain('another incident than was asked for');
    expect(seen(desk)[0]?.notes).toEqual([]);
  });
});
