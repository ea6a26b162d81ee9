import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishAccepted } from '#bus/audit.js';
import { until } from '#infra/testing/until.js';
import { envelopeOf } from '#infra/testing/audit-records.js';
import { tellStory, watchedEnvelope } from '#infra/testing/watch-story.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';

describe('what operators see', () => {
  let watch: Watch;

  beforeAll(async () => {
    watch = await openWatch();
    await tellStory(watch);
  });
  afterAll(async () => {
    await watch.end();
  });

  it('tells one message with every step at every target', async () => {
    expect(await watch.read(`/admin/v1/messages/aalter/${watchedEnvelope.id}`)).toMatchObject({
      id: watchedEnvelope.id,
      status: 'held',
      conflictOf: null,
      targets: [
        { target: 'meldpunt', status: 'held', code: 'unauthorized', steps: [{ outcome: 'held' }] },
        {
          target: 'topdesk',
          status: 'delivered',
          externalId: 'I 2611 001',
          steps: [{ outcome: 'retry', code: 'unavailable' }, { outcome: 'delivered' }],
        },
      ],
    });
  });

  it('tells tenants with what stands at each of their targets', async () => {
    expect(await watch.read('/admin/v1/tenants')).toMatchObject({
      tenants: [
        {
          id: 'aalter',
          targets: [
            { target: 'meldpunt', connector: 'postvak', counts: { held: 1, delivered: 0 } },
            { target: 'topdesk', counts: { held: 0, parked: 0 } },
          ],
        },
        { id: 'beringen', targets: [] },
      ],
    });
  });

  it('tells from what one can choose', async () => {
    expect(await watch.read('/admin/v1/names')).toEqual({
      tenants: [
        { id: 'aalter', name: 'Gemeente Aalter', targets: ['meldpunt', 'topdesk'] },
        { id: 'beringen', name: 'Stad Beringen', targets: [] },
      ],
    });
  });

  it('finds messages by what is asked, a page at a time', async () => {
    const found = (query: string) =>
      watch.read(`/admin/v1/messages?${query}`) as Promise<{
        messages: { id: string }[];
        next: string | null;
      }>;
    expect((await found('status=held&tenant=aalter')).messages).toHaveLength(1);
    expect((await found('status=parked')).messages).toHaveLength(0);
    const others = Array.from({ length: 5 }, (_, index) => envelopeOf(100 + index * 3));
    for (const other of others)
      await publishAccepted(watch.bus, { ...other, tenant: 'aalter' }, Buffer.from('x'));
    const all = await until(
      async () => {
        const { messages } = await found('tenant=aalter');
        return messages.length === 6 ? messages : null;
      },
      { what: 'six messages' },
    );
    const paged: string[] = [];
    for (let next = ''; ;) {
      const page = await found(`tenant=aalter&limit=2${next}`);
      paged.push(...page.messages.map(({ id }) => id));
      if (page.next === null) break;
      next = `&cursor=${page.next}`;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it('groups what is parked by its cause', async () => {
    expect(await watch.read('/admin/v1/parked')).toMatchObject({
      groups: [
        {
          connector: 'topdesk',
          code: 'unknown-value',
          cause: 'TOPdesk kent de categorie "…" niet',
          count: 2,
          tenants: [{ tenant: 'aalter', count: 2 }],
        },
      ],
    });
  });

  it.each([
    ['no token', null],
    ['another token', 'guess'],
  ])('lets nobody in with %s', async (_, as) => {
    const { status, type, text } = await watch.ask('/admin/v1/tenants', { as });
    expect([status, type]).toEqual([401, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(text)).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  it.each([
    '/admin/v1/messages?status=lost',
    '/admin/v1/messages?limit=0',
    '/admin/v1/messages?unknown=1',
    '/admin/v1/messages?cursor=x',
    '/admin/v1/messages/aalter/not-an-id',
  ])('refuses %s with a problem', async (path) => {
    const { status, text } = await watch.ask(path);
    expect([status, JSON.parse(text)]).toMatchObject([400, { code: 'bad-request' }]);
  });

  it('describes the operators API', async () => {
    const document = (await watch.read('/admin/v1/openapi.json')) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/admin/v1/messages', '/admin/v1/holds/{tenant}/{target}']),
    );
  });
});
