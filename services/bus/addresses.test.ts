import { expect, it } from '@jest/globals';
import { brokerNodes, virtualHostOf } from './addresses.js';

it.each([
  ['amqp://host', ['amqp://host']],
  ['amqp://u:p@h1:5672,h2:5673/v', ['amqp://u:p@h1:5672/v', 'amqp://u:p@h2:5673/v']],
  [
    'amqps://u:p@h1, h2/v?heartbeat=5',
    ['amqps://u:p@h1/v?heartbeat=5', 'amqps://u:p@h2/v?heartbeat=5'],
  ],
  ['amqp://a:1@h1/v,amqp://b:2@h2/v', ['amqp://a:1@h1/v', 'amqp://b:2@h2/v']],
  ['amqp://a:x,y@h1,h2', ['amqp://a:x,y@h1', 'amqp://a:x,y@h2']],
  ['amqp://u:p@[::1]:5672,[::2]/v', ['amqp://u:p@[::1]:5672/v', 'amqp://u:p@[::2]/v']],
])('reads the nodes in %s', (address, nodes) => {
  expect(brokerNodes(address)).toEqual(nodes);
});

it.each([
  'bus:secret',
  'http://u:secret@host',
  'amqp://',
  'amqp:///v',
  'amqp://u:secret@h1:5672,/v',
  'amqp://u:secret@h1:x/v',
  '',
])('refuses %j without repeating it', (address) => {
  expect(() => brokerNodes(address)).toThrow(/AMQP_URL is not an address/);
  expect(() => brokerNodes(address)).not.toThrow(/secret/);
});

it('refuses nodes of different virtual hosts, which cannot be one broker', () => {
  expect(() => brokerNodes('amqp://h1/one,amqp://h2/two')).toThrow(/different virtual hosts/);
});

it.each([
  ['amqp://h1', '/'],
  ['amqp://h1/', '/'],
  ['amqp://h1,h2/a%2Fb', 'a/b'],
])('reads the virtual host in %s', (address, name) => {
  expect(virtualHostOf(address)).toBe(name);
});
