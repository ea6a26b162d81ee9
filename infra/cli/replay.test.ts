import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProgram } from './program.js';

let server: Server;
let url: string;
const asked: string[] = [];
const printed: string[] = [];

beforeAll(async () => {
  process.env['LBBUS_OPERATOR_TOKEN'] = 'of an operator';
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end(JSON.stringify({ orders: [], groups: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  jest.restoreAllMocks();
  server.close();
});

it.each([
  [['replay', 'list', '--json'], 'GET /admin/v1/orders?act=replay', '[]'],
  [['replay', 'list'], 'GET /admin/v1/orders?act=replay', 'None.'],
  [['parked', '--tenant', 'aalter'], 'GET /admin/v1/parked?tenant=aalter', 'Nothing is parked.'],
])('%j asks %s and prints %s', async (words, path, out) => {
  await createProgram().parseAsync(['node', 'lb-bus', ...words, '--url', url]);
  expect([asked.at(-1), printed.at(-1)]).toEqual([path, out]);
});

it('says why it needs a reason, and that monitoring does not answer', async () => {
  const run = (...words: string[]) => createProgram().parseAsync(['node', 'lb-bus', ...words]);
  await expect(run('replay', '--tenant', 'aalter')).rejects.toThrow('say why: --reason');
  await expect(run('parked', '--url', 'http://127.0.0.1:1')).rejects.toThrow(
    'monitoring does not answer',
  );
});
