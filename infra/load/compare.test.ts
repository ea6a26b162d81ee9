import { describe, expect, it } from '@jest/globals';
import { differences, type AnswersOf } from './compare.js';
import type { Act, Kept, Ledgers, Sent } from './ledger.js';

const sentAs = (senderId: string, changes: Partial<Sent> = {}): Sent => ({
  tenant: 'aalter',
  source: 'urn:lb:aalter:meldpunt',
  senderId,
  type: 'aangevuld',
  subject: 's1',
  targets: ['topdesk', 'meldpunt'],
  parks: {},
  outcome: { kind: 'accepted', id: `bus-${senderId}`, atMs: 0 },
  conflicts: 0,
  ...changes,
});

const keptAs = (senderId: string, changes: Partial<Kept> = {}): Kept => ({
  tenant: 'aalter',
  id: `bus-${senderId}`,
  source: 'urn:lb:aalter:meldpunt',
  senderId,
  subject: 's1',
  causationId: null,
  conflictOf: null,
  standings: [
    { target: 'topdesk', status: 'delivered', code: null },
    { target: 'meldpunt', status: 'delivered', code: null },
  ],
  ...changes,
});

const actOn = (message: string, target: string): Act => ({
  tenant: 'aalter',
  target,
  message: `bus-${message}`,
  atMs: 0,
});

const answering: AnswersOf = ({ type }) =>
  type === 'ingediend' ? { from: 'topdesk', to: ['meldpunt'] } : null;

const found = (changes: Partial<Ledgers>): string[] => {
  const all = ['one', 'two'];
  const ledgers: Ledgers = {
    sent: all.map((id) => sentAs(id)),
    kept: all.map((id) => keptAs(id)),
    acts: all.flatMap((id) => [actOn(id, 'topdesk'), actOn(id, 'meldpunt')]),
    left: [],
    ...changes,
  };
  return differences(ledgers, answering);
};

const everything = ['one', 'two'].flatMap((id) => [actOn(id, 'topdesk'), actOn(id, 'meldpunt')]);

describe('the comparison of the ledgers', () => {
  it('finds nothing where all was taken, delivered and done once, in order', () => {
    expect(found({})).toEqual([]);
  });

  it('finds what the bus calls delivered and the system never did', () => {
    expect(found({ acts: everything.slice(1) })).toEqual([
      'lost: aalter one at topdesk: delivered for the bus, but the system has not acted',
    ]);
  });

  it('finds what was taken and is not known to the bus', () => {
    const acts = everything.slice(2);
    expect(found({ kept: [keptAs('two')], acts })).toEqual([
      'lost: aalter one was taken, but the bus does not know it',
    ]);
  });

  it('finds a target of which nothing was written', () => {
    const standings = keptAs('one').standings.slice(0, 1);
    expect(found({ kept: [keptAs('one', { standings }), keptAs('two')] })).toEqual([
      'lost: aalter one at meldpunt: the bus has not written what became of it',
    ]);
  });

  it('finds what was done twice', () => {
    expect(found({ acts: [actOn('one', 'topdesk'), ...everything] })).toEqual([
      'doubled: aalter one at topdesk: the system has acted 2 times',
    ]);
  });

  it('finds what overtook an earlier message of its subject, and lets other subjects pass', () => {
    const acts = [...everything.slice(2), ...everything.slice(0, 2)];
    expect(found({ acts })).toEqual([
      'swapped: aalter one came after aalter two at topdesk',
      'swapped: aalter one came after aalter two at meldpunt',
    ]);
    expect(found({ acts, sent: [sentAs('one', { subject: 's2' }), sentAs('two')] })).toEqual([]);
  });

  it('finds what nobody sent, in the bus and at a system', () => {
    expect(found({ kept: [keptAs('one'), keptAs('two'), keptAs('three')] })).toEqual([
      'unaccounted: aalter three (bus-three) was sent by nobody',
    ]);
    expect(found({ acts: [...everything, actOn('three', 'topdesk')] })).toEqual([
      'unaccounted: aalter topdesk acted on bus-three',
    ]);
  });

  it('finds what was parked without a reason, and what was not parked that had to be', () => {
    const standings = [
      { target: 'topdesk', status: 'parked', code: 'not-found' },
      { target: 'meldpunt', status: 'delivered', code: null },
    ];
    const kept = [keptAs('one', { standings }), keptAs('two')];
    const acts = everything.slice(1);
    const orphan = sentAs('one', { parks: { topdesk: 'not-found' } });
    expect(found({ kept, acts })).toEqual([
      'wrongly parked: aalter one at topdesk: parked (not-found)',
    ]);
    expect(found({ kept, acts, sent: [orphan, sentAs('two')] })).toEqual([]);
    expect(found({ sent: [orphan, sentAs('two')] })).toEqual([
      'wrongly ended: aalter one at topdesk: delivered (), 1 acts, not parked not-found',
    ]);
  });

  it('finds what has not come to an end, and what is left lying', () => {
    const standings = keptAs('one').standings.map((one) => ({ ...one, status: 'waiting' }));
    expect(found({ kept: [keptAs('one', { standings }), keptAs('two')], left: ['a row'] })).toEqual(
      [
        'left over: a row',
        'not ended: aalter one at topdesk: it is still waiting ()',
        'not ended: aalter one at meldpunt: it is still waiting ()',
      ],
    );
  });

  it('finds a target where no route leads', () => {
    expect(found({ sent: [sentAs('one', { targets: ['topdesk'] }), sentAs('two')] })).toEqual([
      'astray: aalter one went to meldpunt, where no route leads',
    ]);
  });

  it('finds what entered though it was refused, and what got no answer', () => {
    const refused = sentAs('one', { outcome: { kind: 'refused', status: 422 } });
    expect(found({ sent: [refused, sentAs('two')] })).toEqual([
      'entered: aalter one, which was refused',
    ]);
    const unanswered = sentAs('one', { outcome: { kind: 'unanswered' } });
    expect(found({ sent: [unanswered, sentAs('two')] })).toEqual([
      'unanswered: aalter one was never taken nor refused',
    ]);
  });

  it('lets a conflict be set aside, and finds one that acted or that nobody caused', () => {
    const parked = [{ target: 'topdesk', status: 'parked', code: 'conflict' }];
    const conflict = keptAs('one', { id: 'bus-other', conflictOf: 'bus-one', standings: parked });
    const kept = [keptAs('one'), keptAs('two'), conflict];
    const sent = [sentAs('one', { conflicts: 1 }), sentAs('two')];
    expect(found({ kept, sent })).toEqual([]);
    expect(found({ kept })).toEqual(['unaccounted: a conflict of aalter one']);
    expect(found({ kept, sent, acts: [...everything, actOn('other', 'topdesk')] })).toEqual([
      'acted on: a conflict of aalter one at topdesk (parked)',
    ]);
    const first = { ...conflict, id: 'bus-first-aside' };
    expect(found({ kept: [...kept, first], sent })).toEqual([
      'overtaken: aalter one by other content under its id, at a target or more',
    ]);
  });

  it('wants the answer of a system once, at each of its targets', () => {
    const sent = [sentAs('one', { type: 'ingediend' }), sentAs('two')];
    const answer = keptAs('answer', {
      source: 'urn:lb:aalter:topdesk',
      causationId: 'bus-one',
      standings: [{ target: 'meldpunt', status: 'delivered', code: null }],
    });
    const kept = [keptAs('one'), keptAs('two'), answer];
    const acts = [...everything, actOn('answer', 'meldpunt')];
    expect(found({ sent, kept, acts })).toEqual([]);
    expect(found({ sent })).toEqual(['lost: the answer of topdesk to aalter one never came']);
    expect(found({ sent, kept })).toEqual([
      'lost: the answer of topdesk to aalter one at meldpunt: delivered for the bus, but the system has not acted',
    ]);
    const again = { ...answer, id: 'bus-again', senderId: 'again' };
    const twice = [...acts, actOn('again', 'meldpunt')];
    expect(found({ sent, kept: [...kept, again], acts: twice })).toEqual([
      'doubled: the answer of topdesk to aalter one came again as bus-again',
    ]);
  });
});
