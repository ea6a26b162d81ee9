import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createIntrospection } from './introspection.js';
import { createTokens } from './tokens.js';

const answer = { active: true, client_id: 'mbp', exp: 4_000_000_000, scope: 'a b' };
const server = createServer((_request, response) => response.end(JSON.stringify(answer)));
const clientSecretFile = join(mkdtempSync(join(tmpdir(), 'lbbus-introspection-')), 'secret');
let url: string;
beforeAll(async () => {
  writeFileSync(clientSecretFile, 'geheim\n');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const issuerWith = (changes: { readonly audienceOptional?: boolean }) => ({
  issuer: 'https://acm.example/op',
  audience: 'urn:lb-bus:gateway',
  algorithms: ['RS256'],
  jwksUri: `${url}/jwks`,
  introspection: { url, clientId: 'gateway', clientSecretFile, ...changes },
});

it('takes a token of which its issuer does not say for whom it is only where that was agreed', async () => {
  const strict = issuerWith({});
  expect(await createIntrospection(strict, strict.introspection)('opaque')).toBeNull();
  const agreed = issuerWith({ audienceOptional: true });
  expect(await createIntrospection(agreed, agreed.introspection)('opaque')).toMatchObject({
    clientId: 'mbp',
    scopes: ['a', 'b'],
  });
});

it('shows a token to the one issuer that is named, and to none that it was not told to trust', async () => {
  const clientOf = createTokens([issuerWith({ audienceOptional: true })]);
  expect(await clientOf('opaque', 'https://acm.example/op')).toMatchObject({ clientId: 'mbp' });
  await expect(clientOf('opaque', 'https://elders.example/op')).rejects.toMatchObject({
    status: 503,
    code: 'unavailable',
    cause: expect.objectContaining({
      message: 'https://elders.example/op is not among the issuers of LBBUS_ISSUERS_FILE',
    }),
  });
});
