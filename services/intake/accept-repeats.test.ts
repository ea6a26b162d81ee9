import { BrokerUnavailable, Refused, Unroutable } from '#bus/failures.js';
import { TestGate } from '#infra/testing/gate.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

let gate: TestGate;
beforeEach(() => {
  gate = new TestGate();
});
const other = () => meldingEvent({ data: { ...meldingData(), titel: 'Iets anders' } });

describe('a repeat', () => {
  it('gets the same id and enters again, to be recognised behind the door', async () => {
    const first = await gate.accept(meldingEvent());
    const second = await gate.accept(meldingEvent());
    expect(second.id).toBe(first.id);
    expect(gate.published).toHaveLength(6);
  });

  it('with other content gets 409 while the first is remembered, and enters where it is not', async () => {
    const first = await gate.accept(meldingEvent());
    expect(await gate.refused(other())).toMatchObject({ status: 409, code: 'conflict' });
    expect(gate.published).toHaveLength(3);
    const elsewhere = new TestGate();
    expect((await elsewhere.accept(other())).id).toBe(first.id);
  });

  it('of a refused message may have other content', async () => {
    gate.failureOf = () => new BrokerUnavailable('there is no connection');
    await gate.refused(meldingEvent());
    gate.failureOf = () => null;
    await gate.accept(other());
    expect(gate.queues).toContain('audit');
  });
});

describe('a broker that does not take a message', () => {
  it('gets no audit record of what one target refused, and the sender a 503 to try again', async () => {
    gate.failureOf = (queue) => (queue === 't.aalter.meldpunt' ? new Refused(queue) : null);
    const refusal = await gate.refusal(meldingEvent());
    expect(refusal).toMatchObject({
      status: 503,
      code: 'broker-unavailable',
      retryAfterSeconds: 5,
    });
    expect(refusal.cause).toBeInstanceOf(Refused);
    expect(gate.queues).toEqual(['t.aalter.topdesk']);
  });

  it('gives 503 when only the audit queue fails', async () => {
    gate.failureOf = (queue) => (queue === 'audit' ? new BrokerUnavailable('blocked') : null);
    expect(await gate.refused(meldingEvent())).toMatchObject({ status: 503 });
  });

  const unclear = new BrokerUnavailable('the line dropped', { ambiguous: true });
  it.each([
    ['nothing entered', () => new BrokerUnavailable('there is no connection'), undefined],
    ['nothing entered', (queue: string) => new Refused(queue), undefined],
    ['it is not known', () => unclear, 'unknown'],
    ['it is not known', (queue: string) => (queue === 'audit' ? unclear : null), 'unknown'],
    [
      'it is not known',
      (queue: string) => (/^t/.test(queue) ? null : new Refused(queue)),
      'unknown',
    ],
    [
      'it is not known',
      (queue: string) => (/meld/.test(queue) ? new Refused(queue) : null),
      'unknown',
    ],
  ])('is told truthfully: %s', async (_, failureOf, variant) => {
    gate.failureOf = failureOf;
    expect((await gate.refusal(meldingEvent())).params['variant']).toBe(variant);
  });

  it('makes a queue that is missing, and takes the message there once', async () => {
    const topdesk = 't.aalter.topdesk';
    gate.failureOf = (queue) =>
      queue === topdesk && !gate.made.includes(queue) ? new Unroutable(queue) : null;
    await gate.accept(meldingEvent());
    expect(gate.made).toEqual([topdesk]);
    expect([...gate.queues].sort()).toEqual(['audit', 't.aalter.meldpunt', topdesk]);
  });

  it('waits until a queue that it made has a leader, and not for one that is full', async () => {
    const topdesk = 't.aalter.topdesk';
    const troubles = [new Unroutable(topdesk), new Refused(topdesk)];
    gate.failureOf = (queue) => (queue === topdesk ? (troubles.shift() ?? null) : null);
    await gate.accept(meldingEvent());
    expect(gate.queues).toContain(topdesk);
    gate.failureOf = (queue) => (queue === topdesk ? new Refused(queue) : null);
    const made = gate.made.length;
    await gate.refusal(meldingEvent({ id: 'm2' }));
    expect(gate.made).toHaveLength(made);
  });

  it('is not asked when the attachments cannot be looked up', async () => {
    const describe_ = () => Promise.reject(new Error('storage away'));
    const blind = new TestGate({ attachments: { describe: describe_ } });
    const bijlage = `urn:lb-bus:attachment:${randomUUID()}`;
    const heeftBody = [{ '@type': 'MeldingBody', beschrijving: 'x', bijlage }];
    expect(
      await blind.refused(meldingEvent({ data: { ...meldingData(), heeftBody } })),
    ).toMatchObject({ status: 503, code: 'broker-unavailable' });
    expect(blind.published).toEqual([]);
  });
});
