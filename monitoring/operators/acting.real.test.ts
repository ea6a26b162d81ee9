import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { until } from '#infra/testing/until.js';
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

  it('gives a body only with a reason, and records who read it and why', async () => {
    const path = `/admin/v1/messages/aalter/${watchedEnvelope.id}/readings`;
    const refused = await watch.ask(path, { method: 'POST', body: {} });
    expect([refused.status, refused.type]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await actions()).toEqual([]);
    const reason = 'Vraag 2026-114 van de gemeente';
    const given = await watch.ask(path, { method: 'POST', body: { reason } });
    expect([given.status, JSON.parse(given.text)]).toEqual([200, { event: watchedEvent }]);
    expect(await actions()).toMatchObject([
      {
        tenant: 'aalter',
        operator: 'an.voorbeeld',
        action: 'read-body',
        reason,
        subject: { message: watchedEnvelope.id },
      },
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
