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

  it('releases a hold, records it, and tells delivery', async () => {
    expect(await watch.read('/admin/v1/holds')).toMatchObject({
      holds: [{ tenant: 'aalter', target: 'meldpunt', heldBy: 'bus', messages: 0 }],
    });
    const heard: string[] = [];
    const listener = new pg.Client({ connectionString: watch.tenancy.url });
    await listener.connect();
    listener.on('notification', ({ channel }) => heard.push(channel));
    await listener.query('listen lbbus_holds');
    const release = () =>
      watch.ask('/admin/v1/holds/aalter/meldpunt', {
        method: 'DELETE',
        body: { reason: 'Wachtwoord hersteld' },
      });
    expect((await release()).status).toBe(204);
    await until(() => heard.includes('lbbus_holds'), { what: 'the notification' });
    await listener.end();
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
