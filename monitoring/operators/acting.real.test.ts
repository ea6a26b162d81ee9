import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { until } from '#infra/testing/until.js';
import { mask } from '../messages/masking.js';
import { tellStory, watchedEnvelope, watchedEvent } from '#infra/testing/watch-story.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';

describe('what operators do', () => {
  let watch: Watch;
  const actions = () =>
    watch.tenancy.database.scoped('*', (trx) =>
      trx.selectFrom('monitoring.operator_action').selectAll().orderBy('id').execute(),
    );

  /** Listens as delivery does; what it gives resolves once it was told to look at the holds again. */
  const listening = async (): Promise<() => Promise<void>> => {
    let heard = false;
    const listener = new pg.Client({ connectionString: watch.tenancy.url });
    await listener.connect();
    listener.on('notification', () => (heard = true));
    await listener.query('listen lbbus_holds');
    return async () => {
      await until(() => heard, { what: 'the notification' });
      await listener.end();
    };
  };

  beforeAll(async () => {
    watch = await openWatch();
    await tellStory(watch);
  });
  afterAll(async () => {
    await watch.end();
  });

  it('gives a body only with a reason, masked, and records who read what of it and why', async () => {
    const path = `/admin/v1/messages/aalter/${watchedEnvelope.id}/readings`;
    const post = (to: string, body: object) => watch.ask(to, { method: 'POST', body });
    expect((await post(path, {})).status).toBe(400);
    expect(await actions()).toEqual([]);
    const reason = 'Vraag 2026-114 van de gemeente';
    const given = await post(path, { reason });
    expect(given.text).not.toMatch(/fietspad|Voorbeeld|85673003328/);
    const number = '/data/indiener/registratie/identificator';
    expect([given.status, JSON.parse(given.text)]).toMatchObject([
      200,
      {
        event: { id: watchedEvent.id, data: { '@type': 'Melding', titel: mask } },
        masked: [
          { pointer: '/data/titel', kind: 'words', mayUncover: true },
          { pointer: '/data/indiener/achternaam', kind: 'name', mayUncover: true },
          { pointer: number, kind: 'number', mayUncover: true },
        ],
        attachments: [{ id: '01900000-0000-4000-8000-000000000001', sizeBytes: null }],
      },
    ]);
    const uncover = (pointers: string[]) => post(`${path}/fields`, { reason, pointers });
    const { text } = await uncover(['/data/titel', number]);
    expect(JSON.parse(text)).toEqual({
      fields: [
        { pointer: '/data/titel', value: 'Put in het fietspad' },
        { pointer: number, value: '85673003328' },
      ],
    });
    expect((await uncover(['/data/@type'])).status).toBe(400);
    const common = { tenant: 'aalter', operator: 'an.voorbeeld', reason };
    const message = watchedEnvelope.id;
    expect(await actions()).toMatchObject([
      { ...common, action: 'read-body', subject: { message } },
      { ...common, action: 'uncover-field', subject: { message, fields: `/data/titel ${number}` } },
      { ...common, action: 'uncover-field', subject: { message, fields: '/data/@type' } },
    ]);
  });

  it('holds a line until it is released, records it, and tells delivery', async () => {
    const hold = (target: string, reason: string) =>
      watch.ask(`/admin/v1/holds/aalter/${target}`, { method: 'POST', body: { reason } });
    const heard = await listening();
    expect((await hold('topdesk', 'Onderhoud tot maandag')).status).toBe(204);
    await heard();
    const { holds } = (await watch.read('/admin/v1/holds')) as { holds: { target: string }[] };
    expect(holds.find(({ target }) => target === 'topdesk')).toMatchObject({
      tenant: 'aalter',
      code: 'operator',
      detail: 'Onderhoud tot maandag',
      heldBy: 'an.voorbeeld',
    });
    expect((await actions()).at(-1)).toMatchObject({
      action: 'hold',
      operator: 'an.voorbeeld',
      reason: 'Onderhoud tot maandag',
      subject: { target: 'topdesk' },
    });
    const recorded = (await actions()).length;
    expect((await hold('onbekend', 'Onderhoud')).status).toBe(404);
    expect((await hold('topdesk', '')).status).toBe(400);
    expect(await actions()).toHaveLength(recorded);
    await watch.ask('/admin/v1/holds/aalter/topdesk', {
      method: 'DELETE',
      body: { reason: 'Onderhoud voorbij' },
    });
  });

  it('takes a hold of the bus over, so that no check releases it', async () => {
    const body = { reason: 'Eerst overleg met de leverancier' };
    await watch.ask('/admin/v1/holds/aalter/meldpunt', { method: 'POST', body });
    expect(await watch.read('/admin/v1/holds')).toMatchObject({
      holds: [{ target: 'meldpunt', heldBy: 'an.voorbeeld', code: 'operator' }],
    });
    await watch.tenancy.database.scoped('aalter', (trx) =>
      trx.updateTable('delivery.hold').set({ held_by: 'bus', code: 'unauthorized' }).execute(),
    );
  });

  it('releases a hold, records it, and tells delivery', async () => {
    expect(await watch.read('/admin/v1/holds')).toMatchObject({
      holds: [{ tenant: 'aalter', target: 'meldpunt', heldBy: 'bus', messages: 0 }],
    });
    const heard = await listening();
    const release = () =>
      watch.ask('/admin/v1/holds/aalter/meldpunt', {
        method: 'DELETE',
        body: { reason: 'Wachtwoord hersteld' },
      });
    expect((await release()).status).toBe(204);
    await heard();
    expect((await actions()).at(-1)).toMatchObject({
      action: 'release-hold',
      operator: 'an.voorbeeld',
      subject: { target: 'meldpunt', code: 'unauthorized' },
    });
    expect(await watch.read('/admin/v1/holds')).toEqual({ holds: [] });
    const again = await release();
    expect([again.status, JSON.parse(again.text)]).toMatchObject([404, { code: 'not-found' }]);
  });
});
