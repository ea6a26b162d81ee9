import { clientIdOf } from './applications.js';
import { foldersIn } from './folders.js';
import { meldpuntOf, type Authorization, type Meldpunt } from './meldpunt.js';
import { places } from './places.js';
import { readSecrets } from './secrets.js';
import { signIn } from './sign-in.js';

/** Where a deployment can be reached and keeps its state. */
export interface Deployment {
  readonly gateway: string;
  readonly proeftuin: string;
  readonly stateFolder: string;
}

/** Every fifth tenant signs in at the identity provider; the others use their API key. */
const everyNth = 5;

/** Half the life of a token. */
const renewAfterMs = 300_000;

const byToken = ({ stateFolder, proeftuin }: Deployment, tenant: string): Authorization => {
  const folder = foldersIn(stateFolder).own;
  const asked = { at: -Infinity, token: Promise.resolve('') };
  return () => {
    if (performance.now() - asked.at > renewAfterMs) {
      asked.at = performance.now();
      asked.token = signIn({ folder, origin: proeftuin, clientId: clientIdOf(tenant) });
    }
    return asked.token;
  };
};

/** The demo key of a tenant. */
export const keyOf = ({ stateFolder }: Deployment, tenant: string): string => {
  const key = readSecrets(foldersIn(stateFolder).own)[tenant]?.['meldpunt-key'];
  if (key === undefined) throw new Error(`there is no demo key for ${tenant}: run prepare first`);
  return key;
};

/** True for the tenants whose meldpunt signs in instead of using a key. */
export const signsIn = (tenant: string): boolean =>
  places.findIndex(({ id }) => id === tenant) % everyNth === everyNth - 1;

/** The meldpunt of every demo tenant. */
export const meldpuntenOf = (deployment: Deployment): ReadonlyMap<string, Meldpunt> =>
  new Map(
    places.map(({ id }) => {
      const key = keyOf(deployment, id);
      const authorization = signsIn(id) ? byToken(deployment, id) : () => Promise.resolve(key);
      return [id, meldpuntOf(id, deployment.gateway, authorization)];
    }),
  );
