import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, structured } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { call, type Reply } from '#infra/testing/caller.js';
import { tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingEvent } from '#infra/testing/melding.js';

const audience = 'https://bus.example';

/** An issuer of tokens: publishes its keys and answers about opaque tokens; counts how often it is asked. */
const startIssuer = async (publicKey: CryptoKey) => {
  const asked = { keys: 0, introspection: 0 };
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }];
  const answer = { active: true, client_id: 'meldpunt', aud: audience, exp: 4_000_000_000 };
  const server: Server = createServer((request, response) => {
    if (request.url === '/jwks') {
      asked.keys += 1;
      response.end(JSON.stringify({ keys }));
      return;
    }
    let form = '';
    request.on('data', (chunk: Buffer) => (form += chunk.toString()));
    request.on('end', () => {
      asked.introspection += 1;
      const allowed = request.headers.authorization === `Basic ${btoa('gateway:geheim')}`;
      const known = new URLSearchParams(form).get('token') === 'opaque';
      response.end(JSON.stringify(allowed && known ? answer : { active: false }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, server };
};

describe('a caller with an OAuth 2 access token', () => {
  let gateway: TestGateway;
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    issuer = await startIssuer(keys.publicKey);
    const folder = await mkdtemp(join(tmpdir(), 'lbbus-issuers-'));
    await writeFile(join(folder, 'secret'), 'geheim\n');
    const trusted = {
      issuer: issuer.url,
      audience,
      algorithms: ['ES256'],
      jwksUri: `${issuer.url}/jwks`,
      introspection: {
        url: `${issuer.url}/introspect`,
        clientId: 'gateway',
        clientSecretFile: 'secret',
      },
    };
    const file = join(folder, 'issuers.json');
    await writeFile(file, JSON.stringify([trusted]));
    const oauth = `\n    oauth: { issuer: "${issuer.url}", clientId: meldpunt }`;
    gateway = await startTestGateway({
      tenants: tenants.replace('- name: meldpunt', `- name: meldpunt${oauth}`),
      environment: { LBBUS_ISSUERS_FILE: file },
    });
  }, 60_000);
  afterAll(async () => {
    await gateway.end();
    issuer.server.close();
  });

  const token = (changes: object = {}): Promise<string> => {
    const usual = { alg: 'ES256', typ: 'at+jwt', kid: 'k1', client: 'meldpunt', exp: '5m' };
    const own = { iss: issuer.url, aud: audience, key: keys.privateKey as Uint8Array | CryptoKey };
    const { alg, typ, kid, client, exp, iss, aud, key } = { ...usual, ...own, ...changes };
    return new SignJWT({ client_id: client })
      .setProtectedHeader({ alg, typ, kid })
      .setIssuer(iss)
      .setAudience(aud)
      .setIssuedAt()
      .setExpirationTime(exp)
      .sign(key);
  };
  const post = (bearer: string): Promise<Reply> =>
    call(`${gateway.url}/v1/messages`, {
      key: bearer,
      headers: structured,
      body: json(meldingEvent()),
    });

  it('is let in, and its issuer is asked once', async () => {
    const [one, two] = [await token(), await token({ exp: '6m' })];
    for (const bearer of [one, one, two, two]) expect((await post(bearer)).status).toBe(202);
    expect(issuer.asked.keys).toBe(1);
  });

  it('is let in with an opaque token, about which the issuer is asked once a minute', async () => {
    for (const bearer of ['opaque', 'opaque', 'opaque'])
      expect((await post(bearer)).status).toBe(202);
    expect(issuer.asked.introspection).toBe(1);
  });

  const wrong: Record<string, () => Promise<string> | string> = {
    'that has expired': () => token({ exp: Math.floor(Date.now() / 1000) - 60 }),
    'that another signed': async () => token({ key: (await generateKeyPair('ES256')).privateKey }),
    'that was changed': async () => (await token()).replace(/\.[^.]+\./, `.${btoa('{}')}.`),
    'that nobody signed (alg: none)': () =>
      new UnsecuredJWT({ client_id: 'meldpunt' })
        .setIssuer(issuer.url)
        .setAudience(audience)
        .setExpirationTime('5m')
        .encode(),
    'signed with the public key as a secret': async () =>
      token({ alg: 'HS256', key: Buffer.from(JSON.stringify(await exportJWK(keys.publicKey))) }),
    'for another audience': () => token({ aud: 'https://elders.example' }),
    'of another issuer': () => token({ iss: 'https://elders.example' }),
    'of another kind': () => token({ typ: 'logout+jwt' }),
    'with an unknown key': () => token({ kid: 'k2' }),
    'of a client that no tenant knows': () => token({ client: 'vreemd' }),
    'that its issuer does not know': () => 'unknown-opaque',
  };
  it.each(Object.entries(wrong))('is refused with a token %s', async (_name, make) => {
    const before = await queueDepth(gateway.vhost, 'audit');
    const reply = await post(await make());
    expect(reply).toMatchObject({ status: 401, json: { code: 'unauthorized' } });
    expect(reply.headers.get('www-authenticate')).toBe(
      'Bearer realm="lb-bus", error="invalid_token"',
    );
    expect(await queueDepth(gateway.vhost, 'audit')).toBe(before);
    expect((await post(await token())).status).toBe(202);
  });

  it('[issuer-away] is let in by the known keys, and told to come back otherwise, while the issuer is away', async () => {
    issuer.server.close();
    issuer.server.closeAllConnections();
    expect((await post(await token({ exp: '9m' }))).status).toBe(202);
    expect(await post('other-opaque')).toMatchObject({
      status: 503,
      json: { code: 'unavailable' },
    });
  });
});
