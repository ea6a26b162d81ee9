import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tellStory } from '#infra/testing/watch-story.js';
import { openWatch, tokenOf, type Watch } from '#infra/testing/watch.js';
import { until } from '#infra/testing/until.js';
import type { Change } from './changes.js';
import type { Figures, Overview } from './overview.js';

describe('the overview', () => {
  let watch: Watch;
  let begun: string;
  beforeAll(async () => {
    begun = new Date().toISOString();
    watch = await openWatch();
    await remembered('untried');
    await tellStory(watch);
  });
  afterAll(async () => {
    await watch.end();
  });

  /** Waits until the lines of aalter were seen to be so by the process. */
  const remembered = (severity: string) =>
    until(
      () =>
        watch.tenancy.database.scoped('aalter', async (trx) => {
          const states = await trx
            .selectFrom('monitoring.line_state')
            .select(['target', 'severity'])
            .execute();
          return states.some((state) => state.severity === severity) ? states : null;
        }),
      { what: `a line of aalter that is ${severity}` },
    );
  const read = async (as?: string): Promise<Overview> => {
    const { text } = await watch.ask('/admin/v1/overview', as === undefined ? {} : { as });
    return JSON.parse(text) as Overview;
  };

  it('calls a tenant by its worst line, with why, since when and where that is put right', async () => {
    await remembered('bad');
    const { severities, tenants } = await read();
    expect(severities).toMatchObject({ bad: 1, untried: 1 });
    const figures = (await watch.read('/admin/v1/figures')) as Figures;
    expect(figures.counts).toMatchObject({ parked: 2, waiting: 1 });
    expect(figures.hour.delivered).toHaveLength(60);
    expect(tenants).toMatchObject([
      {
        id: 'aalter',
        severity: 'bad',
        since: expect.any(String) as unknown,
        causes: [
          {
            target: 'meldpunt',
            code: 'held',
            what: 'unauthorized',
            link: '/wachtend?tenant=aalter&target=meldpunt',
          },
          {
            target: 'topdesk',
            code: 'parked',
            count: 2,
            link: '/geparkeerd?tenant=aalter&target=topdesk&code=unknown-value',
          },
        ],
        lines: [
          { target: 'meldpunt', severity: 'bad' },
          { target: 'topdesk', severity: 'attention' },
        ],
      },
      { id: 'beringen', severity: 'untried', causes: [], lines: [] },
    ]);
  });

  it('tells one tenant line by line', async () => {
    expect(await watch.read('/admin/v1/overview/aalter')).toMatchObject({
      lines: [
        { target: 'meldpunt', connector: 'postvak', causes: [{ code: 'held' }] },
        { target: 'topdesk', counts: { parked: 2, waiting: 1, held: 0 } },
      ],
    });
  });

  const changes = async (query: string, as?: string): Promise<Change[]> => {
    const path = `/admin/v1/changes?since=${begun}${query}`;
    const { text } = await watch.ask(path, as === undefined ? {} : { as });
    return (JSON.parse(text) as { changes: Change[] }).changes;
  };

  it('tells what changed: what became of lines, what was parked, what people did', async () => {
    const body = { reason: 'Het wachtwoord is vernieuwd' };
    await watch.ask('/admin/v1/holds/aalter/meldpunt', { method: 'DELETE', body });
    const found = await until(
      async () => {
        const all = await changes('&tenant=aalter');
        return all.some((one) => one.kind === 'line' && one.before === 'bad') ? all : null;
      },
      { what: 'the line that went well again' },
    );
    const told = found.map(({ kind, target, severity, code }) => [kind, target, severity, code]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['line', 'meldpunt', 'bad', 'held'],
        ['line', 'topdesk', 'attention', 'parked'],
        ['line', 'meldpunt', expect.stringMatching(/fine|untried/), null],
        ['parked', 'topdesk', null, 'unknown-value'],
        ['act', 'meldpunt', null, 'release-hold'],
        ['tenant', null, null, 'new'],
      ]),
    );
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['Gemeente Aalter']));
    const moments = found.map(({ at }) => at);
    expect(moments).toEqual([...moments].sort().reverse());
    const seen = await changes('', tokenOf('reader'));
    expect(seen.map(({ kind }) => kind)).not.toContain('act');
    expect(seen.map(({ kind }) => kind)).toContain('line');
  });

  it('shows each only what she reaches, and the board totals alone', async () => {
    const administrator = tokenOf('tenant-administrator');
    expect((await read(administrator)).tenants.map(({ id }) => id)).toEqual(['beringen']);
    const mine = await watch.ask('/admin/v1/figures', { as: administrator });
    expect(JSON.parse(mine.text)).toMatchObject({ counts: { parked: 0 } });
    expect((await changes('', administrator)).map(({ tenant }) => tenant)).not.toContain('aalter');
    const { text: names } = await watch.ask('/admin/v1/names', { as: administrator });
    expect(names).toMatch(/"beringen"/);
    expect(names).not.toContain('aalter');
    for (const path of ['overview/aalter', 'map?tenant=aalter', 'changes?tenant=aalter'])
      expect((await watch.ask(`/admin/v1/${path}`, { as: administrator })).status).toBe(404);
    const board = tokenOf('board');
    expect((await watch.ask('/admin/v1/overview', { as: board })).status).toBe(403);
    const totals = await watch.ask('/admin/v1/totals', { as: board });
    expect(totals.status).toBe(200);
    expect(totals.text).not.toContain('aalter');
  });

  it('draws who is coupled to what, over which interface', async () => {
    const map = await watch.read('/admin/v1/map?tenant=aalter');
    expect(map).toMatchObject({
      tenant: { id: 'aalter' },
      nodes: [
        { id: 'sender:meldpunt', kind: 'application' },
        { id: 'bus' },
        { id: 'system:meldpunt', kind: 'endpoint', title: 'Postvak' },
        { id: 'system:topdesk', kind: 'system', title: 'TOPdesk', severity: 'attention' },
      ],
      flows: [
        {
          from: 'sender:meldpunt',
          to: 'bus',
          types: [{ type: 'be.lbbus.melding.ingediend.v1', day: 0, month: 1 }],
        },
        { to: 'system:meldpunt', protocol: 'CloudEvents' },
        { to: 'system:topdesk', protocol: 'REST', month: 1, causes: [{ code: 'parked' }] },
      ],
    });
    const all = await watch.read('/admin/v1/map');
    expect(all).toMatchObject({
      tenant: null,
      nodes: expect.arrayContaining([
        expect.objectContaining({ id: 'system:topdesk', name: 'TOPdesk', tenants: 1 }),
      ]) as unknown,
    });
  });
});
