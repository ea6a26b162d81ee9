import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { busIdOf } from '#bus/envelope.js';
import { json } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingEvent } from '#infra/testing/melding.js';
import { createProgram } from './program.js';

describe('lb-bus', () => {
  let gateway: TestGateway;
  const printed: string[] = [];
  beforeAll(async () => {
    gateway = await startTestGateway({ tenants });
    process.env['LBBUS_API_KEY'] = key;
    jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  }, 60_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    process.exitCode = 0;
    await gateway.end();
  });

  const run = (...args: string[]): Promise<unknown> =>
    createProgram().parseAsync(['node', 'lb-bus', ...args, '--url', gateway.url]);
  const send = async (content: unknown): Promise<string[]> => {
    const file = join(gateway.folder, 'message.json');
    await writeFile(file, json(content));
    printed.length = 0;
    await run('send', file);
    return [...printed];
  };
  const idOf = (senderId: string): string => busIdOf('aalter', 'urn:lb:aalter:meldpunt', senderId);

  it('send prints the id of the message on the bus', async () => {
    expect(await send(meldingEvent({ id: 'cli' }))).toEqual([idOf('cli')]);
    expect(await queueDepth(gateway.vhost, 'audit')).toBe(1);
  });

  it('send says of each in a list what became of it', async () => {
    const lines = await send([meldingEvent({ id: 'one' }), meldingEvent({ id: 'two', type: 'x' })]);
    expect(lines[0]).toBe(`0: ${idOf('one')}`);
    expect(lines[1]).toContain('Unknown message type (422 unknown-type)');
    expect(process.exitCode).toBe(1);
  });

  it('send and status tell a refusal in words, with its places', async () => {
    await expect(send(meldingEvent({ source: 'x' }))).rejects.toThrow(
      /Not a valid CloudEvent \(400 envelope-invalid\): .*\n {2}\/source: /,
    );
    await expect(run('status', 'no-such-message')).rejects.toThrow(/Not found \(404 not-found\)/);
  });
});
