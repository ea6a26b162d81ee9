import { expect, it } from '@jest/globals';
import { admissionOf, type Facts, type Moment } from './admission.js';

const nothing: Facts = {
  knownDigest: null,
  rowed: false,
  lane: false,
  restored: false,
  hold: null,
  effect: null,
};
const now: Moment = { digest: 'a', expired: false, circuitMs: null, alone: false };
const seen = { knownDigest: 'a' };
const hold = { code: 'unauthorized', detail: 'The password is refused' };
const effect = (
  state: 'started' | 'done' | 'failed' | 'discarded',
  busyMs: number | null = null,
  crashes = 0,
) => ({
  ...seen,
  effect: { state, busyMs, crashes },
});

it.each<[string, Partial<Facts>, Partial<Moment>, object]>([
  ['a new message goes', {}, {}, { kind: 'go', redelivered: false }],
  [
    'one that surely did nothing goes again',
    effect('failed'),
    {},
    { kind: 'go', redelivered: false },
  ],
  [
    'one from before a restore goes, looking first',
    { restored: true },
    {},
    { kind: 'go', redelivered: true },
  ],
  [
    'one that failed before a restore goes, looking first: it may have gone well since',
    { ...effect('failed'), restored: true },
    {},
    { kind: 'go', redelivered: true },
  ],
  [
    'one with a lost reply goes, looking first',
    effect('started'),
    {},
    { kind: 'go', redelivered: true },
  ],
  ['one in hand elsewhere waits', effect('started', 700), {}, { kind: 'queued', waitMs: 700 }],
  [
    'one whose process died goes, looking first',
    effect('started', 0),
    {},
    { kind: 'go', redelivered: true, crashes: 1 },
  ],
  [
    'one whose process died twice goes alone',
    effect('started', 0, 1),
    { alone: true },
    { kind: 'go', redelivered: true, crashes: 2 },
  ],
  [
    'and not while another of its like is in hand',
    effect('started', 0, 1),
    { alone: false },
    { kind: 'suspect' },
  ],
  [
    'one whose process died three times is poison',
    effect('started', 0, 2),
    {},
    { kind: 'parked', code: 'poison' },
  ],
  ['one that is done is a repeat', effect('done'), {}, { kind: 'repeat' }],
  ['so is one that an operator discarded', effect('discarded'), {}, { kind: 'repeat' }],
  ['one that waits already is known', { ...seen, rowed: true }, {}, { kind: 'known' }],
  ['other content is a conflict', effect('done'), { digest: 'b' }, { kind: 'conflict' }],
  [
    'other content than what waits too',
    { ...seen, rowed: true },
    { digest: 'b' },
    { kind: 'conflict' },
  ],
  ['behind its lane it waits without a count', { lane: true }, {}, { kind: 'queued', waitMs: 0 }],
  ['on a held line it is held', { hold }, {}, { kind: 'held', pauses: false, ...hold }],
  ['held comes before its lane', { hold, lane: true }, {}, { kind: 'held' }],
  ['an open circuit lets it wait', {}, { circuitMs: 5_000 }, { kind: 'queued', waitMs: 5_000 }],
  ['a late question expires', { lane: true }, { expired: true }, { kind: 'expired' }],
  [
    'a repeat is one also while the line is held',
    { ...effect('done'), hold },
    {},
    { kind: 'repeat' },
  ],
])('%s', (_, facts, moment, expected) => {
  expect(admissionOf({ ...nothing, ...facts }, { ...now, ...moment })).toMatchObject(expected);
});
