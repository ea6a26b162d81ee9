import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Flow } from './flow.js';
import { madeAtHeader, messageHeader, startSystem, type System } from './system/system.js';

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

const openSystem = async (): Promise<System> => {
  const system = await startSystem(0);
  opened.push(system.close);
  return system;
};

/** A flow into the system itself, or to a door that says that all is well and hands nothing over. */
const flowTo = (system: System, url: string): Flow => {
  let message = 0;
  const turn = () => ({
    url,
    headers: { [messageHeader]: `${url} ${message}`, [madeAtHeader]: new Date().toISOString() },
  });
  const next = (): string => String((message += 1));
  const target = { url, headers: {}, next, turn, expected: 200 };
  return new Flow({ target, system, underWay: 10, systems: 1 });
};

describe('a flow of messages', () => {
  it('tells what went until the last was taken', async () => {
    const system = await openSystem();
    const flow = flowTo(system, system.baseUrl);
    const { messages } = await flow.rounds({ seconds: 10, connections: 2, most: 5 });
    expect([messages, flow.lost, flow.doubled, flow.failed]).toEqual([15, 0, 0, 0]);
  });

  it('knows what was lost, whatever came before', async () => {
    const system = await openSystem();
    await flowTo(system, system.baseUrl).round({ seconds: 10, connections: 2, most: 5 });
    const forgetful = createServer((request, response) =>
      request.resume().once('end', () => response.end()),
    );
    await new Promise<void>((resolve) => forgetful.listen(0, '127.0.0.1', resolve));
    opened.push(() => forgetful.close());
    const { port } = forgetful.address() as AddressInfo;
    const flow = flowTo(system, `http://127.0.0.1:${port}`);
    await flow.give({ seconds: 10, connections: 2, most: 3 });
    expect(flow.lost).toBe(3);
  });
});
