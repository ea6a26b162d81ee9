import { expect, it } from '@jest/globals';
import { actsWords } from './acts.js';
import { foundWords } from './messages.js';
import { traceWords } from './trace.js';

const message = {
  tenant: 'aalter',
  id: '5f0c',
  status: 'waiting',
  type: 'be.lbbus.melding.ingediend.v1',
  senderId: '2026-1',
  acceptedAt: '2026-01-05T08:12:00.000Z',
};

it('what was found reads line by line, with how to read on', () => {
  const targets = [{ target: 'topdesk', status: 'delivered', externalId: 'I 1' }];
  const words = foundWords({
    messages: [{ ...message, targets }],
    next: 'abc',
    lookedBackTo: '2025-01-01T00:00:00.000Z',
  });
  expect(words.split('\n')).toEqual([
    '2026-01-05T08:12:00.000Z  aalter  5f0c  waiting  be.lbbus.melding.ingediend.v1  2026-1  topdesk delivered as I 1',
    'Looked back to 2025-01-01T00:00:00.000Z; further back with --cursor',
    'More: --cursor abc',
  ]);
  expect(foundWords({ messages: [], next: null, lookedBackTo: null })).toBe('Nothing found.');
});

it('a trace reads with every attempt, what was asked, what it waits for and what hangs together with it', () => {
  const relative = { tenant: 'beringen', id: '7a', type: 't', status: 'delivered' };
  const words = traceWords({
    ...message,
    source: 'urn:lb:aalter:meldpunt',
    subject: 'urn:melding:1',
    targets: [
      {
        target: 'topdesk',
        status: 'waiting',
        externalId: null,
        nextAttemptAt: '2026-01-05T08:13:00.000Z',
        standing: { behind: { id: '4e' }, hold: null },
        steps: [
          {
            at: '2026-01-05T08:12:01.000Z',
            outcome: 'retry',
            code: 'unavailable',
            durationMs: 812,
            detail: null,
            calls: [{ method: 'POST', status: '503', durationMs: 800 }],
          },
        ],
      },
    ],
    family: [
      { ...message, id: '5f0c' },
      { ...relative, id: '9b' },
    ],
    systems: [{ target: 'topdesk', externalId: 'I 1' }],
    handedOver: { from: null, to: [relative] },
  });
  expect(words).toContain('  topdesk: waiting, next attempt 2026-01-05T08:13:00.000Z, behind 4e');
  expect(words).toContain(
    '    2026-01-05T08:12:01.000Z  retry  unavailable  812 ms\n      POST 503  800 ms',
  );
  expect(words).toContain('  known in topdesk as I 1\n  hangs together with beringen 9b');
  expect(words).toContain('  handed over to beringen 7a');
});

it('acts read as lines, as JSON, or as CSV without formulas', () => {
  const act = {
    at: '2026-01-05T08:12:00.000Z',
    tenant: 'aalter',
    person: 'an.voorbeeld',
    kind: 'hold',
    reason: '=1+1',
    subject: { target: 'topdesk' },
  };
  expect(actsWords([act], {})).toContain('an.voorbeeld  hold  target topdesk  =1+1');
  expect(JSON.parse(actsWords([act], { json: true }))).toEqual([act]);
  expect(actsWords([act], { csv: true }).split('\r\n')[1]).toMatch(/,target topdesk,'=1\+1$/);
  expect(actsWords([], {})).toBe('Nobody did anything that fits.');
});
