import { expect, it } from '@jest/globals';
import { commandEnvironment, roleEnvironment, roles, type Role } from './roles.mjs';

const deployment = {
  databaseUrl: 'postgres://bus@127.0.0.1/bus',
  amqpUrl: 'amqp://bus@127.0.0.1',
  managementUrl: undefined,
  bodyKeyFile: '/keys/body.key',
  secretKeyFile: '/keys/secret.key',
  sealingKeyFile: '/keys/sealing.key',
  stateFolder: '/state',
  publicUrl: 'http://127.0.0.1:8080',
  proeftuinUrl: 'http://127.0.0.1:8070',
  monitoringUrl: 'http://127.0.0.1:8090',
  operatorTokensFile: '/keys/operators',
  operatorToken: 'of the demo operator',
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

it('gives the token of the operator to the command line only, and its hash to monitoring', () => {
  for (const role of Object.keys(roles) as Role[]) {
    const { LBBUS_OPERATOR_TOKEN: token, LBBUS_OPERATOR_TOKENS_FILE: file } = environmentOf(role);
    expect([token, file]).toEqual([
      undefined,
      role === 'monitoring' ? '/keys/operators' : undefined,
    ]);
  }
  expect(commandEnvironment(deployment)).toMatchObject({
    LBBUS_OPERATOR_TOKEN: 'of the demo operator',
    LBBUS_OPERATOR_URL: 'http://127.0.0.1:8090',
  });
});

it('does not pass on the settings of the starter itself', () => {
  process.env['LBBUS_MONITORING_PORT'] = '9090';
  expect(environmentOf('gateway')).not.toHaveProperty('LBBUS_MONITORING_PORT');
  delete process.env['LBBUS_MONITORING_PORT'];
  expect(environmentOf('gateway')['PATH']).toBe(process.env['PATH']);
});
