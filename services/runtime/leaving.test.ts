import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { leaveMsFrom, watchConnections } from './leaving.js';

it('goes on for no time, or as long as it is told', () => {
  expect(leaveMsFrom({})).toBe(0);
  expect(leaveMsFrom({ LBBUS_LEAVE_SECONDS: '' })).toBe(0);
  expect(leaveMsFrom({ LBBUS_LEAVE_SECONDS: '2.5' })).toBe(2_500);
});

it.each(['soon', '-1', '11'])('refuses %s with what to give', (text) => {
  expect(() => leaveMsFrom({ LBBUS_LEAVE_SECONDS: text })).toThrow('give a number from 0 to 10');
});

it('is not kept by a connection over which nothing came, and waits for the request under way', async () => {
  const requested: (() => void)[] = [];
  const server = createServer((_request, response) => {
    requested.push(() => response.end('done'));
  });
  const connections = watchConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const unused = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(server, 'connection');
  const answer = fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
  await once(server, 'request');
  const closed = once(server, 'close');
  server.close();
  const callOff = connections.cutSilent();
  await once(unused, 'close');
  requested[0]?.();
  expect(await (await answer).text()).toBe('done');
  await closed;
  callOff();
});
