import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  busAudience,
  burgerprofielClientId,
  burgerprofielScopes,
  clientIdOf,
  gatewayClientId,
  opaqueAudience,
} from '#infra/proeftuin/applications.js';
import { foldersIn } from '#infra/proeftuin/folders.js';
import { places } from '#infra/proeftuin/places.js';
import { prepare } from '#infra/proeftuin/prepare.js';
import { assertionOf, signIn } from '#infra/proeftuin/sign-in.js';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { newStack, type Stack } from '../testing/processes.js';

let stack: Stack;
let folder: string;
let origin: string;

beforeAll(async () => {
  stack = await newStack();
  folder = stack.deployment.stateFolder;
  origin = stack.deployment.proeftuinUrl;
  await prepare(folder, origin);
  await stack.start('proeftuin');
}, 60_000);

afterAll(() => stack.end());

const { id: tenant } = places[1]!;
const asClient = (clientId: string, resource = busAudience) => ({
  folder: foldersIn(folder).own,
  origin,
  clientId,
  resource,
});

const introspect = async (token: string, by: string): Promise<Response> =>
  fetch(`${origin}/op/v1/introspect`, {
    method: 'POST',
    body: new URLSearchParams({
      token,
      client_id: by,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(asClient(by)),
    }),
  });

it('gives an application that signs with its key a JWT for the bus, which its public keys verify', async () => {
  const token = await signIn(asClient(clientIdOf(tenant)));
  const keys = createRemoteJWKSet(new URL(`${origin}/op/v1/jwks`));
  const { payload } = await jwtVerify(token, keys, {
    issuer: `${origin}/op`,
    audience: busAudience,
    typ: 'at+jwt',
  });
  expect(payload['client_id']).toBe(clientIdOf(tenant));
  expect(JSON.stringify(payload)).not.toContain(tenant);
});

it('refuses an application that signs with the key of another', async () => {
  const stolen = await assertionOf({ ...asClient(clientIdOf(tenant)), keyOf: gatewayClientId });
  const response = await fetch(`${origin}/op/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientIdOf(tenant),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: stolen,
    }),
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: 'invalid_client' });
});

it('tells only the gateway about an opaque token', async () => {
  const token = await signIn(asClient(clientIdOf(tenant), opaqueAudience));
  expect(() => decodeProtectedHeader(token)).toThrow();
  const answer = await (await introspect(token, gatewayClientId)).json();
  expect(answer).toMatchObject({
    active: true,
    aud: busAudience,
    client_id: clientIdOf(tenant),
    iss: `${origin}/op`,
  });
  const other = await (await introspect(token, clientIdOf(places[2]!.id))).json();
  expect(other).toEqual({ active: false });
});

it('gives the scopes of Mijn Burgerprofiel to nobody else, and at once says so', async () => {
  const scope = burgerprofielScopes.meldingen;
  const token = await signIn({ ...asClient(burgerprofielClientId, opaqueAudience), scope });
  const answer = await (await introspect(token, gatewayClientId)).json();
  expect(answer).toMatchObject({ active: true, client_id: burgerprofielClientId, scope });
  const other = signIn({ ...asClient(clientIdOf(tenant), opaqueAudience), scope });
  await expect(other).rejects.toThrow('invalid_scope');
});

it('is not started outside a sandbox', async () => {
  await expect(stack.start('proeftuin', { LBBUS_SANDBOX: '' })).rejects.toThrow(/LBBUS_SANDBOX=1/);
});
