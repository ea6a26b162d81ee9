import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { answers, failureOf, startAnswering } from './contract/answering.js';
import type { Answering } from './contract/answering.js';
import type { TokenAuth } from './auth.js';
import { clientCredentials, sharedSecret, signedAssertion } from './token.js';
import type { ClientProof } from './token.js';

let server: Answering;
beforeAll(async () => {
  server = await startAnswering();
});
afterAll(() => server.close());

let now = 0;
let given = 0;
let asked: URLSearchParams[] = [];
beforeEach(() => {
  server.forget();
  [now, given, asked] = [0, 0, []];
  server.answer = (_incoming, outgoing, body) => {
    given += 1;
    asked.push(new URLSearchParams(body));
    outgoing.end(
      JSON.stringify({ token_type: 'Bearer', expires_in: 1000, access_token: `t${given}` }),
    );
  };
});

const signal = new AbortController().signal;

const auth = (proof: ClientProof = sharedSecret('ik', 'geheim')): TokenAuth =>
  clientCredentials(
    { client: server.client(), path: '/token', proof, fields: { scope: 'x/.default' } },
    () => now,
  );

const tokenFrom = async (tokens: TokenAuth): Promise<string> =>
  (await tokens.credentials(signal))['authorization'] ?? '';

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
};

describe('a token', () => {
  it('is asked for with client credentials, in the body', async () => {
    expect(await tokenFrom(auth())).toBe('Bearer t1');
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'ik',
      client_secret: 'geheim',
      scope: 'x/.default',
    });
    expect(server.calls).toEqual(['POST /base/token']);
  });

  it('is asked for once, however many wait for it', async () => {
    const tokens = auth();
    const all = await Promise.all(Array.from({ length: 50 }, () => tokenFrom(tokens)));
    expect(new Set(all)).toEqual(new Set(['Bearer t1']));
    expect(given).toBe(1);
  });

  it('is renewed at 80 % of its life, while the old one serves', async () => {
    const tokens = auth();
    await tokenFrom(tokens);
    now = 799_000;
    expect(await tokenFrom(tokens)).toBe('Bearer t1');
    expect(given).toBe(1);
    now = 800_000;
    expect(await tokenFrom(tokens)).toBe('Bearer t1');
    await until(async () => (await tokenFrom(tokens)) === 'Bearer t2');
    expect(given).toBe(2);
  });

  it('serves until its end where no other is given, and tries no more than now and then', async () => {
    const tokens = auth();
    await tokenFrom(tokens);
    server.answer = answers(503);
    now = 850_000;
    for (let n = 0; n < 5; n += 1) expect(await tokenFrom(tokens)).toBe('Bearer t1');
    await until(() => server.observed.length === 2);
    expect(server.calls).toHaveLength(2);
    now = 1_000_000;
    expect(await failureOf(tokens.credentials(signal))).toMatchObject({
      verdict: 'retry',
      code: 'unavailable',
    });
  });

  it('that was refused is replaced, but a brand new one is not', async () => {
    const tokens = auth();
    const first = await tokens.credentials(signal);
    expect(tokens.refused(first)).toBe(false);
    const second = await tokens.credentials(signal);
    await tokens.credentials(signal);
    expect(tokens.refused(second)).toBe(true);
    expect(await tokenFrom(tokens)).toBe('Bearer t3');
    // Somebody else saw the refusal first: what serves now is another.
    expect(tokens.refused(second)).toBe(true);
    expect(await tokenFrom(tokens)).toBe('Bearer t3');
  });

  it('is waited for no longer than the request may take', async () => {
    server.answer = () => undefined;
    const tokens = auth();
    await expect(tokens.credentials(AbortSignal.timeout(20))).rejects.toThrow();
  });

  it.each([400, 401, 403, 404])('that is refused with %i concerns the operator', async (status) => {
    server.answer = answers(
      status,
      '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret."}',
    );
    const failure = await failureOf(auth().credentials(signal));
    expect(failure.verdict).toBe('pause');
    expect(failure.message).toContain('AADSTS7000215');
  });

  it.each([
    ['no token', { token_type: 'Bearer' }],
    ['a token that leaves its header', { token_type: 'Bearer', access_token: 'a\r\nb' }],
    ['another kind of token', { token_type: 'mac', access_token: 'a' }],
    ['a life of another type', { token_type: 'Bearer', access_token: 'a', expires_in: 'long' }],
  ])('is not taken from an answer with %s', async (_what, answer) => {
    server.answer = answers(200, JSON.stringify(answer));
    expect((await failureOf(auth().credentials(signal))).verdict).toBe('retry');
  });
});

describe('private_key_jwt', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const options = {
    clientId: 'ik',
    audience: 'https://op.example/token',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    header: { alg: 'RS256', kid: 'k1' },
  };

  it('shows who the client is, shortly and never twice the same', async () => {
    const tokens = auth(signedAssertion(options));
    await tokenFrom(tokens);
    now = 1_000_000;
    await tokenFrom(tokens);
    const [first, second] = asked.map((form) => form.get('client_assertion') ?? '');
    expect(asked[0]?.get('client_assertion_type')).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
    expect(decodeProtectedHeader(first ?? '')).toEqual({ alg: 'RS256', kid: 'k1' });
    const { payload } = await jwtVerify(first ?? '', publicKey, {
      issuer: 'ik',
      subject: 'ik',
      audience: 'https://op.example/token',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
    expect(first).not.toBe(second);
  });

  it('with a key that cannot be read concerns the operator, who does not see it', async () => {
    const failure = await failureOf(
      auth(signedAssertion({ ...options, privateKey: 'geheim' })).credentials(signal),
    );
    expect([failure.verdict, failure.code]).toEqual(['pause', 'misconfigured']);
    expect(failure.message).not.toContain('geheim');
  });
});

describe('a request with a token', () => {
  const refusing = (refused: readonly string[]): string[] => {
    const seen: string[] = [];
    const grant = server.answer;
    server.answer = (incoming, outgoing, body) => {
      if (incoming.url === '/base/token') {
        grant(incoming, outgoing, body);
        return;
      }
      const token = incoming.headers.authorization ?? '';
      seen.push(token);
      if (refused.includes(token)) outgoing.writeHead(401);
      outgoing.end(refused.includes(token) ? '' : '{}');
    };
    return seen;
  };

  it('goes again once, with a fresh token, where the old one has been withdrawn', async () => {
    const seen = refusing([]);
    const client = server.client({ auth: auth() });
    await client.get('/x', { signal });
    const later = refusing(['Bearer t1']);
    await client.post('/x', { n: 1 }, { signal });
    expect([seen, later]).toEqual([['Bearer t1'], ['Bearer t1', 'Bearer t2']]);
  });

  it('gives pause where the fresh token is refused as well', async () => {
    const seen = refusing(['Bearer t1', 'Bearer t2', 'Bearer t3']);
    const client = server.client({ auth: auth() });
    const failure = await failureOf(client.get('/x', { signal }));
    expect([failure.verdict, failure.code]).toEqual(['pause', 'unauthorized']);
    expect(seen).toEqual(['Bearer t1']);
  });
});
