import { expect, it } from '@jest/globals';
import { commandEnvironment, roleEnvironment, roles, type Role } from './roles.mjs';

const deployment = {
  databaseUrl: 'postgres://bus@127.0.0.1/bus',
  amqpUrl: 'amqp://bus@127.0.0.1',
  managementUrl: undefined,
  bodyKeyFile: '/keys/body.key',
  secretKeyFile: '/keys/secret.key',
  stateFolder: '/state',
  publicUrl: 'http://127.0.0.1:8080',
  proeftuinUrl: 'http://127.0.0.1:8070',
};
const environmentOf = (role: Role): NodeJS.ProcessEnv =>
  roleEnvironment(role, deployment, { port: 0, readyFile: '/state/ready' });

it('gives the key of the secrets to delivery and the command line only', () => {
  const holders = (Object.keys(roles) as Role[]).filter(
    (role) => environmentOf(role)['LBBUS_SECRET_KEY_FILE'] !== undefined,
  );
  expect(holders).toEqual(['delivery']);
  expect(commandEnvironment(deployment).LBBUS_SECRET_KEY_FILE).toBe('/keys/secret.key');
});

it('does not pass on the settings of the starter itself', () => {
  process.env['LBBUS_MONITORING_PORT'] = '9090';
  expect(environmentOf('gateway')).not.toHaveProperty('LBBUS_MONITORING_PORT');
  delete process.env['LBBUS_MONITORING_PORT'];
  expect(environmentOf('gateway')['PATH']).toBe(process.env['PATH']);
});
