import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { acmIdm } from './acm-idm.js';
import type { AcmIdmClient } from './acm-idm.js';
import { failureOf } from './contract/answering.js';
import { createHttp } from './http-client.js';
import type { HttpClient } from './http.js';
import {
  acmIdmClient,
  acmIdmTokenPath,
  giveAcmIdmToken,
  openAcmIdm,
  scopesOfToken,
} from './simulator-acm-idm.js';
import type { AcmIdmState } from './simulator-acm-idm.js';
import { startSimulator } from './simulator-host.js';
import type { Simulator } from './simulator-host.js';
import { defineSimulator } from './simulator.js';
import { clientCredentials, signedAssertion } from './token.js';

const scope = 'dv_register_v1_G';
const guarded = defineSimulator<AcmIdmState>({
  title: 'Register',
  source: 'this test',
  tokenPath: acmIdmTokenPath,
  open: (account, tools) => openAcmIdm(account, tools, [scope]),
  settings: acmIdmClient,
  handle: (request, state) => {
    if (request.path === acmIdmTokenPath) return giveAcmIdmToken(state, request);
    return { status: scopesOfToken(state, request)?.includes(scope) ? 200 : 401, json: {} };
  },
  effects: () => [],
  inspect: () => null,
});

let simulator: Simulator;
afterEach(() => simulator.close());

const { signal } = new AbortController();

const http = createHttp({
  system: 'Register',
  failures: {},
  mayBePrivate: () => true,
  observe: () => undefined,
});

/** The register with a client that is known there, but for what is told here. */
const connect = async (
  differently: Partial<AcmIdmClient> = {},
  { asked = scope, secret = 'geheim' } = {},
): Promise<HttpClient> => {
  simulator = await startSimulator(guarded, { accounts: [{ name: 'aalter', secret }] });
  const client = { ...(simulator.settings('aalter') as unknown as AcmIdmClient), ...differently };
  return http({
    baseUrl: simulator.baseUrl('aalter'),
    auth: acmIdm(client, asked, { http }),
  });
};

const ask = (client: HttpClient): Promise<unknown> => client.get('/', { signal });

const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const ed25519 = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('a client of ACM/IDM', () => {
  it('is given a token for an assertion that is signed with its EC key', async () => {
    expect(await ask(await connect())).toEqual({});
  });

  it('is given a token for an assertion that is signed with its RSA key', async () => {
    const client = await connect({ privateKey: rsa.privateKey }, { secret: rsa.publicKey });
    expect(await ask(client)).toEqual({});
  });

  it.each([
    ['a key of another', { privateKey: rsa.privateKey }, {}],
    ['another client', { clientId: 'lb-bus-brugge' }, {}],
    ['a scope that it may not have', {}, { asked: 'dv_register_v1_P' }],
  ])('is refused with %s, and that is for the operator', async (_what, differently, options) => {
    const failure = await failureOf(ask(await connect(differently, options)));
    expect(failure).toMatchObject({ verdict: 'pause', code: 'unauthorized' });
    expect(simulator.requests().map(({ forToken }) => forToken)).toEqual([true]);
  });

  it.each(['no key', ed25519.privateKey])(
    'hears at once that its key is of no use',
    async (privateKey) => {
      const failure = await failureOf(connect({ privateKey }));
      expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
    },
  );

  it('is refused where the clocks differ by an hour, and hears so', async () => {
    const client = await connect();
    simulator.advance(3_600_000);
    const failure = await failureOf(ask(client));
    expect(failure).toMatchObject({ verdict: 'pause', code: 'unauthorized' });
    expect(failure.message).toMatch(/its clock is 3[56]\d\d s ahead of ours/);
  });

  it('is refused an assertion that is made out to the token endpoint', async () => {
    const client = await connect();
    const { clientId, issuer, privateKey } = simulator.settings(
      'aalter',
    ) as unknown as AcmIdmClient;
    const header = { alg: 'ES256', typ: 'JWT' };
    const audience = `${issuer}/v1/token`;
    const proof = signedAssertion({ clientId, audience, privateKey, header });
    const auth = clientCredentials({
      client: http({ baseUrl: issuer }),
      path: '/v1/token',
      proof,
      fields: { scope },
    });
    expect((await failureOf(auth.credentials(signal))).verdict).toBe('pause');
    expect(await ask(client)).toEqual({});
  });
});
