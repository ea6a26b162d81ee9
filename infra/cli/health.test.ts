import { expect, it } from '@jest/globals';
import { healthWords, tenantHealthWords } from './health.js';

const held = { target: 'topdesk', severity: 'bad', words: 'held by the bus (unauthorized)' };
const parked = { target: 'topdesk', severity: 'attention', words: '2 messages parked' };
const ending = { target: '', severity: 'attention', words: 'meldpunt ends soon' };

it('tells how many tenants are how, and of each that is not well why', () => {
  expect(
    healthWords([
      { id: 'aalter', severity: 'bad', causes: [held, ending] },
      { id: 'balen', severity: 'fine', causes: [] },
      { id: 'beerse', severity: 'fine', causes: [] },
    ]),
  ).toBe(
    [
      '1 bad, 2 fine',
      'aalter  bad        topdesk: held by the bus (unauthorized)',
      '        attention  meldpunt ends soon',
    ].join('\n'),
  );
  expect(healthWords([])).toBe('There are no tenants.');
});

it('tells of one tenant how each of its systems is', () => {
  expect(
    tenantHealthWords([
      { target: 'magda', severity: 'untried', causes: [] },
      { target: 'topdesk', severity: 'attention', causes: [parked] },
    ]),
  ).toBe(
    [
      'magda    untried    nothing was tried in the last 24 hours',
      'topdesk  attention  2 messages parked',
    ].join('\n'),
  );
  expect(tenantHealthWords([])).toBe('Nothing is coupled.');
});
