import { expect, it } from '@jest/globals';
import { until } from '#infra/testing/until.js';
import { Failure } from '#kit/failure.js';
import { line, newEnvelope } from '#infra/testing/delivery/story/accepting.js';
import type { Asking } from '#runtime/turns/turns.js';
import { deliver } from './deliver.js';
import { Gate, placesPerLine } from './gate.js';
import type { Hand, Origin } from './hand.js';
import { InHand } from './in-hand.js';
import { Lanes } from './lanes.js';
import { Stopping } from './patience.js';
import { timing } from './timing.js';
import type { Tools } from './tools.js';

const handOf = (origin: Origin, subject = 's'): Hand => ({
  line,
  shipment: { envelope: newEnvelope(subject), target: line.target, body: Buffer.alloc(0) },
  origin,
});

const ofQueue: Origin = {
  kind: 'queue',
  delivery: { gone: false, ack: () => true, release: () => true },
};

it('does nothing with a message before its turn, which what is tried again and what is one of many has as part of a crowd', async () => {
  const asked: Asking[] = [];
  const gate = new Gate();
  const turns = { take: (asking: Asking) => Promise.resolve(asked.push(asking) === 0) };
  // There is nothing else to do anything with.
  const idle = { directory: () => ({ tenants: new Map() }), lanes: new Lanes(), timing };
  const tools = { gate, turns, ...idle } as unknown as Tools;
  const queued = handOf(ofQueue);
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

it('begins nothing of its subject that came on a channel which is gone, and then what comes again on the next', async () => {
  const asked: Asking[] = [];
  const tell: ((mayBegin: boolean) => void)[] = [];
  const turns = {
    take: (asking: Asking) => {
      asked.push(asking);
      return new Promise<boolean>((resolve) => void tell.push(resolve));
    },
  };
  const idle = { directory: () => ({ tenants: new Map() }), lanes: new Lanes(), timing };
  const tools = { gate: new Gate(), turns, ...idle } as unknown as Tools;
  let released = 0;
  const channel = { gone: false, ack: () => true, release: () => (released += 1) > 0 };
  const onChannel = (): Promise<void> =>
    deliver(tools, handOf({ kind: 'queue', delivery: channel }));
  const both = [onChannel(), onChannel()];
  await until(() => asked.length === 1, { what: 'the first to wait for its turn' });
  channel.gone = true;
  const again = deliver(tools, handOf(ofQueue));
  tell[0]?.(false);
  await Promise.all(both);
  expect(released).toBe(2);
  await until(() => asked.length === 2, { what: 'what came again to wait for its turn' });
  expect(asked[1]?.gone()).toBe(false);
  tell[1]?.(false);
  await expect(again).rejects.toBeInstanceOf(Stopping);
});

it('leaves its place at the system to the next before it is written what came of the attempt', async () => {
  const asked: Hand[] = [];
  const instance = { connector: 'archief', enabled: true };
  const tenant = { id: line.tenant, connectors: new Map([[line.target, instance]]) };
  const tools = {
    gate: new Gate(1),
    turns: { take: () => Promise.resolve(true) },
    directory: () => ({ tenants: new Map([[line.tenant, tenant]]) }),
    // So it is tried, and nothing leaves.
    connections: {
      of: () => Promise.resolve(new Failure('pause', 'w', { code: 'misconfigured' })),
    },
    transactions: {
      leave: {
        do: (hand: Hand) => {
          asked.push(hand);
          const admitted = { kind: 'go', ticket: {} };
          return Promise.resolve({ admitted, until: performance.now() + 60_000 });
        },
      },
    },
    patiently: (_what: string, work: () => Promise<unknown>) => work(),
    database: { scoped: () => new Promise(() => undefined) },
    ...{ lanes: new Lanes(), inHand: new InHand(), timing },
  } as unknown as Tools;
  for (const subject of ['first', 'second']) void deliver(tools, handOf(ofQueue, subject));
  await until(() => asked.length === 2, { what: 'both were tried' });
});
