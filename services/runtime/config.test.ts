import { expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const enough = {
  DATABASE_URL: 'postgres://db/lbbus',
  AMQP_URL: 'amqp://broker',
  LBBUS_BODY_KEY_FILE: '/keys/body',
  LBBUS_ATTACHMENTS: 'file:///attachments',
};

it('names everything that is missing at once', () => {
  expect(() => readConfig({ AMQP_URL: 'amqp://broker' })).toThrow(
    'set DATABASE_URL, LBBUS_BODY_KEY_FILE, LBBUS_ATTACHMENTS',
  );
});

it('is not a sandbox unless told so with 1', () => {
  expect(readConfig(enough).sandbox).toBe(false);
  expect(readConfig({ ...enough, LBBUS_SANDBOX: 'true' }).sandbox).toBe(false);
  expect(readConfig({ ...enough, LBBUS_SANDBOX: '1' }).sandbox).toBe(true);
});

it('takes an empty value as none, and the public address without its last slash', () => {
  const config = readConfig({
    ...enough,
    LBBUS_PORT: '',
    LBBUS_ISSUERS_FILE: '',
    LBBUS_PUBLIC_URL: 'https://bus.example/',
  });
  expect(config).toMatchObject({ port: 0, issuersFile: null, publicUrl: 'https://bus.example' });
});

it.each(['http', '-1', '65536', '80.5'])('refuses %s as a port and says what to give', (value) => {
  expect(() => readConfig({ ...enough, LBBUS_PORT: value })).toThrow('LBBUS_PORT=');
});
