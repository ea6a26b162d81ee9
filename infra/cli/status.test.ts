import { expect, it } from '@jest/globals';
import { statusWords } from './status.js';

it('a trace reads as what happened, target by target', () => {
  const words = statusWords({
    id: '5f0c',
    status: 'waiting',
    type: 'be.lbbus.melding.ingediend.v1',
    source: 'urn:lb:aalter:meldpunt',
    senderId: '2026-000123',
    subject: 'urn:melding:1',
    acceptedAt: '2026-01-05T08:12:00.000Z',
    targets: [
      {
        target: 'topdesk',
        status: 'waiting',
        externalId: null,
        nextAttemptAt: '2026-01-05T08:13:00.000Z',
        acknowledgedAt: null,
        attempts: [
          {
            at: '2026-01-05T08:12:01.000Z',
            durationMs: 812,
            outcome: 'retry',
            code: 'unavailable',
            detail: 'TOPdesk did not answer',
          },
        ],
      },
      {
        target: 'meldpunt',
        status: 'delivered',
        externalId: 'I 2601 001',
        nextAttemptAt: null,
        acknowledgedAt: '2026-01-05T08:14:00.000Z',
        attempts: [],
      },
    ],
    conflicts: ['77aa'],
  });
  expect(words).toBe(
    [
      '5f0c  waiting',
      '  be.lbbus.melding.ingediend.v1 2026-000123 from urn:lb:aalter:meldpunt',
      '  about urn:melding:1',
      '  accepted 2026-01-05T08:12:00.000Z',
      '  topdesk: waiting, next attempt 2026-01-05T08:13:00.000Z',
      '    2026-01-05T08:12:01.000Z  retry  unavailable  812 ms  TOPdesk did not answer',
      '  meldpunt: delivered, as I 2601 001, acknowledged 2026-01-05T08:14:00.000Z',
      '  other content under the same source and id: 77aa',
    ].join('\n'),
  );
});
