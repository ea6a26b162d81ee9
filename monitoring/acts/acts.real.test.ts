import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openWatch, tokenOf, type Watch } from '#infra/testing/watch.js';

interface Acts {
  readonly acts: readonly {
    readonly person: string;
    readonly tenant: string;
    readonly kind: string;
  }[];
  readonly next: string | null;
}

describe('the acts of people', () => {
  let watch: Watch;

  beforeAll(async () => {
    watch = await openWatch();
    await watch.tenancy.database.scoped('*', (trx) =>
      sql`insert into monitoring.operator_action (tenant, at, operator, action, reason, subject)
        select case n % 3 when 0 then 'aalter' when 1 then 'beringen' else '*' end, '2026-11-01'::timestamptz + n * interval '1 hour',
          case n % 2 when 0 then 'an.voorbeeld' else 'jo.voorbeeld' end, case n % 5 when 0 then 'read-body' else 'hold' end,
          case n when 6 then '=HYPERLINK("https://x.example")' else 'Vraag ' || n end, jsonb_build_object('target', 'topdesk')
        from generate_series(1, 12) n`.execute(trx),
    );
  });
  afterAll(async () => {
    await watch.end();
  });

  const acts = async (query: string): Promise<Acts> =>
    (await watch.read(`/admin/v1/acts?${query}`)) as Acts;

  it('are listed the latest first, a page at a time, each once', async () => {
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await acts(`limit=5${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(...page.acts.map((act) => JSON.stringify(act)));
      next = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([12, 12]);
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({
      at: '2026-11-01T12:00:00.000Z',
      tenant: 'aalter',
      person: 'an.voorbeeld',
      kind: 'hold',
      reason: 'Vraag 12',
      subject: { target: 'topdesk' },
    });
  });

  it.each([
    [{ tenant: 'aalter' }, 4],
    [{ person: 'jo.voorbeeld' }, 6],
    [{ kind: 'read-body' }, 2],
    [{ kind: 'read-body', person: 'an.voorbeeld', tenant: 'beringen' }, 1],
    [{ since: '2026-11-01T10:00:00Z', until: '2026-11-01T12:00:00Z' }, 2],
  ])('are cut to %j', async (body, count) => {
    const { text } = await watch.ask('/admin/v1/acts/searches', { method: 'POST', body });
    expect((JSON.parse(text) as Acts).acts).toHaveLength(count);
  });

  it('are shown to those who may see them, of the tenants that they reach', async () => {
    const mine = await watch.ask('/admin/v1/acts', { as: tokenOf('tenant-administrator') });
    const { acts: seen } = JSON.parse(mine.text) as Acts;
    expect([seen.length, new Set(seen.map(({ tenant }) => tenant))]).toEqual([
      4,
      new Set(['beringen']),
    ]);
    const as = tokenOf('reader');
    expect((await watch.ask('/admin/v1/acts', { as })).status).toBe(403);
    for (const path of ['searches', 'exports']) {
      const asking = { method: 'POST', body: {}, as };
      expect((await watch.ask(`/admin/v1/acts/${path}`, asking)).status).toBe(403);
    }
  });

  it('are exported whole, without formulas', async () => {
    const { status, type, text } = await watch.ask('/admin/v1/acts/exports', {
      method: 'POST',
      body: { tenant: 'aalter' },
    });
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toBe(
      '2026-11-01T12:00:00.000Z,aalter,an.voorbeeld,hold,Vraag 12,target: topdesk',
    );
    expect(text).toContain(`"'=HYPERLINK(""https://x.example"")"`);
  });
});
