import { expect, it } from '@jest/globals';
import { eventOf, senderOf, verwerkingFor, type Descent } from './derive.js';

const line = { tenant: 'aalter', target: 'topdesk' };
const descent: Descent = {
  line,
  subject: 'urn:x:known',
  verwerking: 'meldingen',
  correlationId: null,
  causationId: 'b1',
};
const derived = { type: 't', id: 'I 1/2', time: '2026-01-05T08:12:00Z', data: {} };

it('makes a message of its own of what a connector derived', () => {
  expect(eventOf(derived, descent)).toEqual({
    specversion: '1.0',
    id: 'I 1/2',
    source: 'urn:lb:aalter:topdesk',
    type: 't',
    subject: 'urn:x:known',
    time: '2026-01-05T08:12:00Z',
    datacontenttype: 'application/ld+json',
    verwerking: 'meldingen',
    causationid: 'b1',
    data: {},
  });
});

it('is about what its object names itself, before what the bus remembers', () => {
  const named = { ...derived, data: { '@id': 'urn:x:named' } };
  expect(eventOf(named, descent)?.['subject']).toBe('urn:x:named');
});

it('makes nothing of what nobody knows the subject of', () => {
  expect(eventOf(derived, { ...descent, subject: null })).toBeNull();
});

it('speaks under its own source only, and is never routed back to itself', () => {
  expect(senderOf(line, 't')).toEqual({
    tenant: 'aalter',
    sources: ['urn:lb:aalter:topdesk'],
    types: ['t'],
    system: 'topdesk',
  });
});

it.each([
  ['the activity of the message that taught the subject', 'b', ['a', 'b'], 'b'],
  ['the first of the register where that one is gone', 'b', ['a'], 'a'],
  ['the first of the register where nothing taught it', null, ['a', 'b'], 'a'],
  ['none without a register', 'b', [], null],
])('is processed under %s', (_, taught, register, expected) => {
  expect(verwerkingFor(taught, register)).toBe(expected);
});
