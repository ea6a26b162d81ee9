import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { chosenPort, freePort, isFree, portHolder, requirePort } from './ports.mjs';

const servers: Server[] = [];
const occupied = async (port?: number): Promise<number> => {
  const wanted = port ?? (await freePort());
  const server = createServer().listen(wanted, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return wanted;
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

it('goes on with the remembered port while nobody took it', async () => {
  const remembered = await freePort();
  expect(await freePort(remembered)).toBe(remembered);
  await occupied(remembered);
  const other = await freePort(remembered);
  expect(other).not.toBe(remembered);
  expect(await isFree(other)).toBe(true);
});

it('says who holds a port and how to choose another', async () => {
  const port = await occupied();
  const wish = { port, variable: 'LBBUS_PORT', what: 'the gateway', host: '0.0.0.0' };
  await expect(requirePort(wish)).rejects.toMatchObject({
    message: expect.stringMatching(
      `^Port ${port}, which the gateway needs, is in use by .*\\(process ${process.pid}\\)`,
    ),
    remedy: ['stop what uses it', expect.stringMatching(/^choose another port: LBBUS_PORT=\d+ /)],
  });
});

it('passes a port that is free', async () => {
  const port = await freePort();
  await expect(requirePort({ port, variable: 'LBBUS_PORT', what: 'it' })).resolves.toBeUndefined();
  expect(portHolder(port)).toBeUndefined();
});

it('takes a port from the environment and refuses what is not one', () => {
  process.env['LBBUS_TRIED_PORT'] = '9000';
  expect(chosenPort('LBBUS_TRIED_PORT', 8080)).toBe(9000);
  for (const wrong of ['http', '0', '65536', '80.5']) {
    process.env['LBBUS_TRIED_PORT'] = wrong;
    expect(() => chosenPort('LBBUS_TRIED_PORT', 8080)).toThrow(
      `LBBUS_TRIED_PORT=${wrong} is not a port.`,
    );
  }
  delete process.env['LBBUS_TRIED_PORT'];
  expect(chosenPort('LBBUS_TRIED_PORT', 8080)).toBe(8080);
});
