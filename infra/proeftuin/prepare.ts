import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { discoverConnectors } from '#kit/discover.js';
import { passwordsIn } from './accounts.js';
import { busAudience, gatewayClientId } from './applications.js';
import { readTenants, writeTenants } from './declared-tenants.js';
import { foldersIn, type Folders } from './folders.js';
import { identityPath, identityPaths } from './identity-paths.js';
import { algorithm, ensureKeyPairs, privateKeyFile } from './key-pairs.js';
import { makeSecrets, readSecrets, writeSecrets } from './secrets.js';

const writeIssuers = ({ own, issuersFile }: Folders, origin: string): void => {
  const issuer = `${origin}${identityPath}`;
  const keyFile = privateKeyFile(own, gatewayClientId);
  const issuers = [
    {
      issuer,
      audience: busAudience,
      algorithms: [algorithm],
      jwksUri: `${issuer}${identityPaths.jwks}`,
      introspection: {
        url: `${issuer}${identityPaths.introspection}`,
        clientId: gatewayClientId,
        privateKeyFile: relative(dirname(issuersFile), keyFile),
        algorithm,
      },
    },
  ];
  writeFileSync(issuersFile, `${JSON.stringify(issuers, null, 2)}\n`);
};

/**
 * Makes what the proeftuin needs before anything starts: the demo tenants with the addresses of this deployment, their
 * secrets at random, the keys of the identity provider and its clients, and what the gateway trusts. Secrets and keys
 * that are there already stay.
 */
export const prepare = async (stateFolder: string, origin: string): Promise<void> => {
  const folders = foldersIn(stateFolder);
  mkdirSync(folders.own, { recursive: true, mode: 0o700 });
  writeTenants(folders.tenants, origin);
  const tenants = readTenants(folders.tenants);
  const couplings = { tenants, passwords: passwordsIn(folders.own), origin };
  const known = readSecrets(folders.own);
  writeSecrets(folders.own, makeSecrets(await discoverConnectors(), couplings, known));
  await ensureKeyPairs(folders.own);
  writeIssuers(folders, origin);
};
