import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tellStory, watchedEnvelope } from '#infra/testing/watch-story.js';
import { openWatch, type Watch } from '#infra/testing/watch.js';

describe('the status page', () => {
  let watch: Watch;

  beforeAll(async () => {
    watch = await openWatch();
    await tellStory(watch);
  });
  afterAll(async () => {
    await watch.end();
  });

  it('shows the sandbox a page in the language that is asked for, with everything escaped', async () => {
    const dutch = await watch.ask('/', { as: null });
    expect([dutch.status, dutch.type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(dutch.text).toContain('Gemeente Aalter');
    expect(dutch.text).toContain(watchedEnvelope.id.slice(0, 8));
    const french = await watch.ask('/', { as: null, language: 'fr-BE,fr;q=0.9' });
    expect(french.text).toContain('Derniers messages');
    const trace = await watch.ask(`/messages/aalter/${watchedEnvelope.id}?lang=en`, { as: null });
    expect(trace.text).toContain('<svg');
    expect(trace.text).toContain('I 2611 001');
    expect(trace.text).toContain('&lt;meldpunt&gt;');
    expect(trace.text).not.toContain('<meldpunt>');
    expect(trace.text).not.toContain('fietspad');
  });

  it('says what to configure where there are no operators, and shows no page outside the sandbox', async () => {
    const strict = await watch.start({ LBBUS_OPERATOR_TOKENS_FILE: '', LBBUS_SANDBOX: '0' });
    try {
      const closed = await watch.ask('/admin/v1/tenants', { port: strict.port });
      expect([closed.status, JSON.parse(closed.text)]).toMatchObject([
        503,
        { code: 'not-configured', detail: expect.stringContaining('LBBUS_OPERATOR_TOKENS_FILE') },
      ]);
      for (const path of ['/', `/messages/aalter/${watchedEnvelope.id}`]) {
        const page = await watch.ask(path, { port: strict.port });
        expect([page.status, JSON.parse(page.text)]).toMatchObject([
          404,
          { detail: expect.stringContaining('LBBUS_SANDBOX') },
        ]);
      }
    } finally {
      await strict.stop();
    }
  });
});
