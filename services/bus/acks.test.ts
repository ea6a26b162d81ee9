import { expect, it } from '@jest/globals';
import type { ConsumeMessage } from 'amqplib';
import fc from 'fast-check';
import { Acks } from './acks.js';

/** A channel as the broker sees it: what it has given out, and what it was told. */
class Broker {
  readonly unsettled = new Set<number>();
  readonly told: string[] = [];
  readonly back: number[] = [];

  ack({ fields: { deliveryTag } }: Pick<ConsumeMessage, 'fields'>, allUpTo = false): void {
    this.told.push(`${allUpTo ? 'up to ' : ''}${deliveryTag}`);
    expect(this.unsettled.has(deliveryTag)).toBe(true);
    for (const tag of [...this.unsettled])
      if (tag === deliveryTag || (allUpTo && tag < deliveryTag)) this.unsettled.delete(tag);
  }

  reject({ fields: { deliveryTag } }: Pick<ConsumeMessage, 'fields'>): void {
    expect(this.unsettled.delete(deliveryTag)).toBe(true);
    this.back.push(deliveryTag);
  }
}

const giving = () => {
  const broker = new Broker();
  const acks = new Acks(broker as never);
  const give = (deliveryTag: number): ConsumeMessage => {
    const message = { fields: { deliveryTag } } as ConsumeMessage;
    broker.unsettled.add(deliveryTag);
    acks.came(message);
    return message;
  };
  return { broker, acks, give };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('says once of all that is done in one turn that it is, and of what comes after something in hand apart', async () => {
  const { broker, acks, give } = giving();
  const messages = Array.from({ length: 6 }, (_, index) => give(index + 1));
  for (const at of [2, 0, 4, 1]) acks.ack(messages[at] as ConsumeMessage);
  await turn();
  expect(broker.told).toEqual(['up to 3', '5']);
  acks.ack(messages[3] as ConsumeMessage);
  acks.flush();
  expect([broker.told, [...broker.unsettled]]).toEqual([['up to 3', '5', 'up to 4'], [6]]);
});

it('acknowledges what is done and nothing else, whatever is done, given back and left in whatever order', async () => {
  const ends = fc.constantFrom('ack', 'reject', 'leave', 'turn' as const);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(ends, fc.nat({ max: 5 })), { maxLength: 60 }),
      async (acts) => {
        const { broker, acks, give } = giving();
        const inHand: ConsumeMessage[] = [];
        const done: number[] = [];
        for (const [index, [end, which]] of acts.entries()) {
          inHand.push(give(index + 1));
          if (end === 'turn') await turn();
          if (end !== 'ack' && end !== 'reject') continue;
          const [message] = inHand.splice(which % inHand.length, 1);
          if (!message) continue;
          acks[end](message);
          if (end === 'ack') done.push(message.fields.deliveryTag);
        }
        await turn();
        const left = inHand.map(({ fields }) => fields.deliveryTag).sort((one, two) => one - two);
        expect([...broker.unsettled]).toEqual(left);
        expect(done.length + broker.back.length + left.length).toBe(acts.length);
      },
    ),
    { numRuns: 200 },
  );
});
