import { describe, expect, it } from '@jest/globals';
import { noTraffic, nothingStanding, unknownQueue, type LineFacts } from './facts.js';
import { healthOf, worstOf } from './health.js';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const inDays = (days: number): Date => ago(-days * 1_440);
const measure = { now, agreedMs: 60_000 };

interface Given {
  readonly enabled?: boolean;
  readonly hold?: LineFacts['hold'];
  readonly circuit?: LineFacts['circuit'];
  readonly failedPoll?: LineFacts['failedPoll'];
  readonly standing?: Partial<LineFacts['standing']>;
  readonly traffic?: Partial<LineFacts['traffic']>;
  readonly queue?: LineFacts['queue'];
  readonly endings?: LineFacts['endings'];
}

const factsOf = ({ standing, traffic, ...given }: Given): LineFacts => ({
  enabled: true,
  hold: null,
  circuit: null,
  failedPoll: null,
  queue: unknownQueue,
  endings: [],
  ...given,
  standing: { ...nothingStanding, ...standing },
  traffic: { ...noTraffic, deliveredLastDay: 1, ...traffic },
});

const heldByBus = { code: 'unauthorized', heldBy: 'bus', since: ago(5) };
const heldByAn = { code: 'operator', heldBy: 'an.voorbeeld', since: ago(5) };
const open = { phase: 'open', since: ago(3) } as const;

describe('the health of a line', () => {
  it.each<[string, Given, string, readonly string[]]>([
    ['that delivers', {}, 'fine', []],
    ['to which nothing went', { traffic: { deliveredLastDay: 0 } }, 'untried', []],
    ['that is switched off', { enabled: false, hold: heldByBus }, 'off', []],
    ['that the bus holds', { hold: heldByBus }, 'bad', ['held']],
    ['that an operator holds', { hold: heldByAn }, 'attention', ['held-by-operator']],
    ['whose circuit is open', { circuit: open }, 'bad', ['away']],
    [
      'that takes what waited',
      { circuit: { ...open, phase: 'recovering' } },
      'attention',
      ['recovering'],
    ],
    ['whose queue nobody takes', { queue: { messages: 3, since: ago(11) } }, 'bad', ['stuck']],
    ['whose queue has just filled', { queue: { messages: 900, since: ago(9) } }, 'fine', []],
    [
      'whose long queue moves',
      { queue: { messages: 900, since: ago(60) }, traffic: { movedAt: ago(1) } },
      'fine',
      [],
    ],
    [
      'that is held while its queue fills',
      { hold: heldByBus, queue: { messages: 3, since: ago(60) } },
      'bad',
      ['held'],
    ],
    [
      'that cannot be polled',
      { failedPoll: { code: 'timeout', at: ago(1) } },
      'attention',
      ['unread'],
    ],
    ['with something parked', { standing: { parked: 1 } }, 'attention', ['parked']],
    [
      'where much was parked within the hour',
      { standing: { parked: 9, parkedLastHour: 5 } },
      'bad',
      ['parked-growing'],
    ],
    [
      'whose message waits a little',
      { standing: { waiting: 1, waitingSince: ago(14) } },
      'fine',
      [],
    ],
    [
      'whose message waits a while',
      { standing: { waiting: 1, waitingSince: ago(15) } },
      'attention',
      ['waiting'],
    ],
    [
      'whose message waits for hours',
      { standing: { waiting: 1, waitingSince: ago(240) } },
      'bad',
      ['waiting-long'],
    ],
    [
      'whose certificate ends this month',
      { endings: [{ kind: 'certificate', name: 'c', at: inDays(20) }] },
      'attention',
      ['ending'],
    ],
    [
      'whose secret ends this week',
      {
        endings: [
          { kind: 'secret', name: 'late', at: inDays(20) },
          { kind: 'secret', name: 's', at: inDays(6) },
        ],
      },
      'bad',
      ['ending'],
    ],
    [
      'whose secret has ended',
      { endings: [{ kind: 'secret', name: 's', at: ago(1) }] },
      'bad',
      ['ended'],
    ],
    [
      'whose secret ends next year',
      { endings: [{ kind: 'secret', name: 's', at: inDays(300) }] },
      'fine',
      [],
    ],
    [
      'that takes longer than agreed',
      { traffic: { p95Ms: 60_001, deliveredLastHour: 5 } },
      'attention',
      ['slow'],
    ],
    [
      'of which too few were slow',
      { traffic: { p95Ms: 99_999, deliveredLastHour: 4 } },
      'fine',
      [],
    ],
    [
      'of which nothing came in an hour that always had some',
      { traffic: { usual: 10 } },
      'attention',
      ['silent'],
    ],
    ['that is quiet as often', { traffic: { usual: 9 } }, 'fine', []],
    ['that has its usual traffic', { traffic: { usual: 50, deliveredRecently: 1 } }, 'fine', []],
    [
      'that is away and would be called silent',
      { circuit: open, traffic: { usual: 50 } },
      'bad',
      ['away'],
    ],
    [
      'that is away, for which its messages wait',
      { circuit: open, standing: { waiting: 3, waitingSince: ago(300) } },
      'bad',
      ['away'],
    ],
    [
      'with several things wrong, the worst first',
      { hold: heldByAn, circuit: open, standing: { parked: 2 } },
      'bad',
      ['away', 'held-by-operator', 'parked'],
    ],
  ])('%s', (_, given, severity, causes) => {
    const health = healthOf(factsOf(given), measure);
    expect([health.severity, health.causes.map(({ code }) => code)]).toEqual([severity, causes]);
  });
});

it.each([
  [['fine', 'bad', 'off'], 'bad'],
  [['untried', 'fine'], 'fine'],
  [['off', 'untried'], 'untried'],
  [[], 'untried'],
] as const)('a tenant with lines that are %j is %s', (lines, severity) => {
  expect(worstOf(lines.map((one) => ({ severity: one })))).toBe(severity);
});
