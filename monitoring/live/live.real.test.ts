import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishAccepted } from '#bus/audit.js';
import { envelopeOf } from '#infra/testing/audit-records.js';
import { until } from '#infra/testing/until.js';
import { tellStory } from '#infra/testing/watch-story.js';
import { openWatch, tokenOf, type Watch } from '#infra/testing/watch.js';
import type { Role } from '../people/rights.js';

interface Stream {
  readonly hints: () => string[];
  readonly forget: () => void;
  readonly leave: () => void;
}

describe('the stream of what changed', () => {
  let watch: Watch;

  beforeAll(async () => {
    watch = await openWatch();
    await tellStory(watch);
  });
  afterAll(async () => {
    await watch.end();
  });

  const follow = async (role: Role, port = watch.running.port): Promise<Stream> => {
    const leaving = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port ?? 0}/admin/v1/live`, {
      headers: { authorization: `Bearer ${tokenOf(role)}` },
      signal: leaving.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = async (): Promise<void> => {
      for await (const bytes of response.body ?? []) text += Buffer.from(bytes).toString('utf8');
    };
    reading().catch(() => undefined);
    await until(() => text.startsWith(': hello'), { what: 'the beginning of the stream' });
    return {
      hints: () => [...text.matchAll(/^data: (.+)$/gm)].map(([, json = '']) => json),
      forget: () => (text = ''),
      leave: () => leaving.abort(),
    };
  };
  /** Of the tenant, or of all: what happened while a process was not listening yet may be anybody's. */
  const heard = ({ hints }: Stream, kind: string, tenant: string): boolean =>
    [tenant, null].some((whose) => hints().includes(JSON.stringify({ kind, tenant: whose })));
  const reason = 'Onderhoud, ticket 2026-114';
  const hold = (method: 'POST' | 'DELETE', role: Role = 'operator') =>
    watch.ask('/admin/v1/holds/aalter/topdesk', { method, body: { reason }, as: tokenOf(role) });

  it('tells within the reach that messages, holds and acts changed, also from another replica', async () => {
    const other = await watch.start();
    const [operator, administrator, board] = await Promise.all([
      follow('operator', other.port),
      follow('tenant-administrator'),
      follow('board'),
    ]);
    expect((await hold('POST')).status).toBe(204);
    await until(() => heard(operator, 'holds', 'aalter'), {
      what: 'the hold',
    });
    await until(() => heard(operator, 'acts', 'aalter'), {
      what: 'the act',
    });
    await publishAccepted(
      watch.bus,
      envelopeOf(77, { tenant: 'aalter', targets: ['topdesk'] }),
      Buffer.from('x'),
    );
    await publishAccepted(
      watch.bus,
      envelopeOf(78, { tenant: 'beringen', targets: [] }),
      Buffer.from('x'),
    );
    await until(() => heard(operator, 'messages', 'aalter'), {
      what: 'the message',
    });
    await until(() => heard(administrator, 'messages', 'beringen'), {
      what: 'the message of beringen',
    });
    expect(administrator.hints().filter((hint) => hint.includes('aalter'))).toEqual([]);
    expect(board.hints().filter((hint) => !hint.includes('null'))).toEqual([]);
    for (const stream of [operator, administrator, board]) stream.leave();
    await other.stop();
  });

  it('tells the same at most once a second, however often it happens', async () => {
    const operator = await follow('operator');
    operator.forget();
    const startMs = performance.now();
    for (const method of ['DELETE', 'POST', 'DELETE', 'POST', 'DELETE', 'POST'] as const)
      expect((await hold(method)).status).toBe(204);
    await until(() => operator.hints().length > 0, { what: 'a hint' });
    const seconds = Math.ceil((performance.now() - startMs) / 1_000);
    const holds = operator.hints().filter((hint) => hint.includes('"holds","tenant":"aalter"'));
    expect(holds.length).toBeLessThanOrEqual(seconds + 1);
    operator.leave();
  });

  it('tells each thing once more, a little later, to who asked too soon', async () => {
    const operator = await follow('operator');
    expect((await hold('DELETE')).status).toBe(204);
    const told = () => operator.hints().filter((hint) => hint.includes('"kind":"holds"'));
    await until(() => told().length > 1, { what: 'the hint and its echo' });
    operator.leave();
  });

  it('is for nobody who is not signed in', async () => {
    expect((await watch.ask('/admin/v1/live', { as: null })).status).toBe(401);
  });
});
