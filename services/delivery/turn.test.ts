import { expect, it } from '@jest/globals';
import { line, newEnvelope } from '#infra/testing/delivery/story/accepting.js';
import type { Asking } from '#runtime/turns/turns.js';
import { deliver } from './deliver.js';
import { Gate, placesPerLine } from './gate.js';
import type { Hand, Origin } from './hand.js';
import { Lanes } from './lanes.js';
import { Stopping } from './patience.js';
import { timing } from './timing.js';
import type { Tools } from './tools.js';

const handOf = (origin: Origin): Hand => ({
  line,
  shipment: { envelope: newEnvelope('s'), target: line.target, body: Buffer.alloc(0) },
  origin,
});

it('does nothing with a message before its turn, which what is tried again and what is one of many has as part of a crowd', async () => {
  const asked: Asking[] = [];
  const gate = new Gate();
  const turns = { take: (asking: Asking) => Promise.resolve(asked.push(asking) === 0) };
  // There is nothing else to do anything with.
  const idle = { directory: () => ({ tenants: new Map() }), lanes: new Lanes(), timing };
  const tools = { gate, turns, ...idle } as unknown as Tools;
  const queued = handOf({
    kind: 'queue',
    delivery: { gone: false, ack: () => true, release: () => true },
  });
  const tried = async (hand: Hand): Promise<Partial<Asking> | undefined> => {
    await expect(deliver(tools, hand)).rejects.toBeInstanceOf(Stopping);
    return asked.at(-1);
  };
  const { tenant } = line;
  expect(await tried(queued)).toMatchObject({ tenant, queue: 'archief queue', crowded: false });
  const row = handOf({ kind: 'row', id: '1', lease: '' });
  expect(await tried(row)).toMatchObject({ tenant, queue: 'archief row', crowded: true });
  const leave = [];
  for (let taken = 0; taken < placesPerLine / 2; taken += 1) leave.push(await gate.enter(line));
  expect(await tried(queued)).toMatchObject({ crowded: true });
  for (const one of leave) one();
  expect(await tried(queued)).toMatchObject({ crowded: false });
});
