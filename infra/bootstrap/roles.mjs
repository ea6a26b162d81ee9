import { join } from 'node:path';
import { root } from './checkout.mjs';
import { stages } from './running.mjs';

/** @typedef {'gateway' | 'delivery' | 'monitoring' | 'proeftuin'} Role */

/**
 * Our processes: what each runs, when it stops, the variable that chooses its public port and that port's default.
 * delivery answers no HTTP but health and metrics.
 */
export const roles = {
  proeftuin: {
    main: 'dist/infra/proeftuin/main.js',
    stage: stages.window,
    port: { variable: 'LBBUS_PROEFTUIN_PORT', otherwise: 8070 },
  },
  gateway: {
    main: 'dist/gateway/main.js',
    stage: stages.doors,
    port: { variable: 'LBBUS_PORT', otherwise: 8080 },
  },
  delivery: { main: 'dist/services/delivery/main.js', stage: stages.delivery, port: undefined },
  monitoring: {
    main: 'dist/monitoring/main.js',
    stage: stages.window,
    port: { variable: 'LBBUS_MONITORING_PORT', otherwise: 8090 },
  },
};

/** The command line of the bus, as it runs from dist. */
export const commandLine = join(root, 'dist/infra/cli/main.js');

/**
 * What all processes of a deployment share.
 * @typedef {object} Deployment
 * @property {string} databaseUrl
 * @property {string} amqpUrl
 * @property {string | undefined} managementUrl
 * @property {string} bodyKeyFile
 * @property {string} secretKeyFile
 * @property {string} sealingKeyFile
 * @property {string} stateFolder attachments and issuers.json lie in it
 * @property {string} publicUrl address of the gateway
 * @property {string} proeftuinUrl
 * @property {string} [monitoringUrl]
 * @property {string} [operatorTokensFile] who may use the operators' API
 * @property {string} [operatorToken] of the demo operator, for the command line
 */

// Variables of ours in the caller's environment choose servers and ports for the starter; a process gets its own.
const foreign = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(LBBUS_|DATABASE_URL$|AMQP_URL$|npm_|NODE_OPTIONS$|JEST_)/.test(name),
    ),
  );

/**
 * Environment that every process of a deployment reads (`services/runtime/config.ts`).
 * @param {Deployment} deployment
 * @returns {Record<string, string>}
 */
const sharedEnvironment = (deployment) => ({
  DATABASE_URL: deployment.databaseUrl,
  AMQP_URL: deployment.amqpUrl,
  ...(deployment.managementUrl !== undefined && {
    LBBUS_AMQP_MANAGEMENT_URL: deployment.managementUrl,
  }),
  LBBUS_BODY_KEY_FILE: deployment.bodyKeyFile,
  LBBUS_ATTACHMENTS: `file://${join(deployment.stateFolder, 'attachments')}`,
  LBBUS_PUBLIC_URL: deployment.publicUrl,
  LBBUS_STATE_DIR: deployment.stateFolder,
  LBBUS_SANDBOX: '1',
  LBBUS_ISSUERS_FILE: join(deployment.stateFolder, 'issuers.json'),
  LBBUS_PROEFTUIN_URL: deployment.proeftuinUrl,
  LBBUS_LOG_LEVEL: process.env['LBBUS_LOG_LEVEL'] ?? 'info',
});

/**
 * People sign in at the console as those whom the proeftuin's identity provider invents.
 * @param {Deployment} deployment
 * @returns {Record<string, string>}
 */
const signInEnvironment = ({ proeftuinUrl, stateFolder, monitoringUrl }) => ({
  LBBUS_OIDC_ISSUER: `${proeftuinUrl}/op`,
  LBBUS_OIDC_CLIENT_ID: 'lb-bus-console',
  LBBUS_OIDC_KEY_FILE: join(stateFolder, 'proeftuin', 'identity', 'lb-bus-console.pem'),
  LBBUS_OIDC_SCOPE: 'openid profile lbbus',
  LBBUS_OIDC_ORGANISATION: 'OVO999001',
  ...(monitoringUrl !== undefined && { LBBUS_CONSOLE_URL: monitoringUrl }),
});

/**
 * Whole environment of a role's process.
 * @param {Role} role
 * @param {Deployment} deployment
 * @param {{ port: number, readyFile: string }} own port 0: a free one, told in the ready file
 * @returns {NodeJS.ProcessEnv}
 */
export const roleEnvironment = (role, deployment, { port, readyFile }) => ({
  ...foreign(),
  ...sharedEnvironment(deployment),
  ...(role === 'delivery' && { LBBUS_SECRET_KEY_FILE: deployment.secretKeyFile }),
  ...(role === 'monitoring' && { LBBUS_SEALING_KEY_FILE: deployment.sealingKeyFile }),
  ...(role === 'monitoring' && signInEnvironment(deployment)),
  ...(role === 'monitoring' &&
    deployment.operatorTokensFile !== undefined && {
      LBBUS_OPERATOR_TOKENS_FILE: deployment.operatorTokensFile,
    }),
  LBBUS_PORT: String(port),
  LBBUS_INTERNAL_PORT: '0',
  LBBUS_READY_FILE: readyFile,
});

/**
 * What the command line needs; also written to state.json for `npx lb-bus` beside a running start.
 * @param {Deployment} deployment
 */
export const commandEnvironment = (deployment) => ({
  ...sharedEnvironment(deployment),
  LBBUS_SECRET_KEY_FILE: deployment.secretKeyFile,
  ...(deployment.monitoringUrl !== undefined && { LBBUS_OPERATOR_URL: deployment.monitoringUrl }),
  ...(deployment.operatorToken !== undefined && { LBBUS_OPERATOR_TOKEN: deployment.operatorToken }),
});

/**
 * The environment of a program of ours that is no role.
 * @param {Record<string, string>} own
 * @returns {NodeJS.ProcessEnv}
 */
export const withForeign = (own) => ({ ...foreign(), ...own });
