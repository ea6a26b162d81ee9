import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Trace } from '../operators/trace.js';
import { html } from './html.js';
import { overviewPage } from './overview-page.js';
import { styleHash } from './style.js';
import { languageOf, textsIn } from './texts.js';
import { timelineOf } from './timeline.js';
import { tracePage } from './trace-page.js';

const acceptedAt = '2026-11-01T08:00:00.000Z';
const stepAt = (ms: number, outcome: string) => ({
  at: new Date(Date.parse(acceptedAt) + ms).toISOString(),
  sequence: 1,
  connector: 'topdesk',
  operation: null,
  outcome,
  durationMs: 5,
  code: null,
  detail: null,
});
const traceWith = (target: string, steps: ReturnType<typeof stepAt>[]): Trace => ({
  tenant: 'aalter',
  id: '5f0c2f0e-6a1a-4f0e-9f57-1b7f4b2f9a10',
  status: 'delivered',
  type: 'be.lbbus.melding.ingediend.v1',
  kind: 'event',
  source: 'urn:lb:aalter:meldpunt',
  senderId: '1',
  subject: 's',
  acceptedAt,
  expiresAt: null,
  conflictOf: null,
  traceparent: null,
  correlationId: null,
  causationId: null,
  verwerking: null,
  conflicts: [],
  targets: [
    {
      target,
      status: 'delivered',
      code: null,
      externalId: null,
      nextAttemptAt: null,
      acknowledgedAt: null,
      steps,
    },
  ],
});

it('escapes whatever is put into a template, in text as in attributes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const made = html`<a title="${text}">${text}</a>`.text;
      const [, inAttribute = '', inText = ''] = /^<a title="([^]*?)">([^]*)<\/a>$/.exec(made) ?? [];
      expect(inAttribute).toBe(inText);
      expect(inText).not.toMatch(/[<>"']/);
      expect(html`${[html`<b>${text}</b>`]}`.text).toBe(`<b>${inText}</b>`);
    }),
    { seed: 3 },
  );
});

it('draws each step as a dot, in order and apart, inside the picture', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(steps, (moments) => {
      const ordered = [...moments].sort((one, other) => one - other);
      const trace = traceWith(
        'topdesk',
        ordered.map((ms) => stepAt(ms, 'retry')),
      );
      const drawn = timelineOf(trace, 'nl').text.matchAll(/class="dot-retry" cx="(\d+)"/g);
      const places = [...drawn].map(([, x]) => Number(x));
      expect(places).toHaveLength(moments.length);
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(places.every((x) => x >= 170 && x <= 1_000)).toBe(true);
    }),
    { seed: 5 },
  );
});

it('draws a message that was accepted and has no step yet', () => {
  expect(timelineOf(traceWith('topdesk', []), 'nl').text).toContain('dot-accepted');
});

it('says the status in the language of the reader and never markup of others', () => {
  const trace = traceWith('<script>', [stepAt(10, 'delivered')]);
  for (const language of ['nl', 'en', 'fr'] as const) {
    const page = tracePage(trace, language);
    expect(page).toContain(`lang="${language}"`);
    expect(page).toContain(textsIn[language].statuses['delivered']);
    expect(page).not.toContain('<script>');
  }
});

it('carries exactly the style that its content security policy lets through', () => {
  const page = overviewPage([], [], 'nl');
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(styleHash).toBe(`'sha256-${hash}'`);
  expect(style).toContain('body{');
});

it('shows a tenant that has nothing coupled', () => {
  const bare = { id: 'lede', name: 'Gemeente Lede', kbo: '', bestuurseenheid: '', targets: [] };
  expect(overviewPage([bare], [], 'nl')).toContain('Gemeente Lede');
});

it.each([
  [undefined, undefined, 'nl'],
  [undefined, 'fr-BE,nl;q=0.8', 'fr'],
  [undefined, 'de,EN;q=0.5', 'en'],
  ['en', 'fr', 'en'],
  ['xx', 'de', 'nl'],
  [['en', 'fr'], undefined, 'nl'],
])('of a choice %j and Accept-Language %j makes %s', (chosen, accepted, language) => {
  expect(languageOf(chosen, accepted)).toBe(language);
});
