import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { WSSecurityCert } from 'soap';
import { identityOf } from '../tls.js';
import { soapEnvelope, wsu } from './names.js';
import { createSigner } from './signature.js';
import type { SignatureProfile } from './signature.js';
import { xml } from './template.js';
import { issuedCertificate, rsaCertificate } from './testing.js';
import { verifyEnvelope } from './verification.js';
import { parseXml } from './xml.js';

const body = xml`
  <v:Vraag xmlns:v="urn:vraag" volgorde="${'b & "c"'}"><a>${'één\r\n<twee>'}</a><b></b></v:Vraag>`;

const own = issuedCertificate();
const identity = identityOf('MAGDA', own);
const now = new Date();

const profiles: SignatureProfile[] = (['X509v3', 'PKIPath', 'bare'] as const).flatMap((token) =>
  (['sha1', 'sha256'] as const).flatMap((hash) => [
    { token, hash, parts: ['Body'] as const },
    ...(token === 'bare' ? [] : [{ token, hash, parts: ['Body', 'Timestamp'] as const }]),
  ]),
);

const signed = (profile: SignatureProfile, at = now): Promise<string> =>
  createSigner('MAGDA', identity, profile)(body, at);

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;

/** What an implementation of its own (libxmlsec) makes of the signature, with the key of our certificate. */
const verifiedByXmlsec = (envelope: string, { token }: SignatureProfile): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-signature-'));
  try {
    const file = join(folder, 'envelope.xml');
    const certificate = join(folder, 'certificate.pem');
    writeFileSync(file, envelope);
    writeFileSync(certificate, identity.own.toString());
    const ids = [`${soapEnvelope}:Body`, ...(token === 'bare' ? [] : [`${wsu}:Timestamp`])];
    const trust = ['--pubkey-cert-pem', certificate, '--enabled-key-data', 'rsa,key-name'];
    return execFileSync(
      'xmlsec1',
      ['--verify', ...ids.map((id) => ['--id-attr:Id', id]).flat(), ...trust, file],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    ).toString();
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('a signed envelope', () => {
  it.each(profiles)('verifies as $token, $parts, $hash', async (profile) => {
    const envelope = await signed(profile);
    const { certificate, ...proven } = verifyEnvelope(envelope, parseXml(envelope));
    expect(proven).toEqual({ signed: profile.parts, token: profile.token, hash: profile.hash });
    expect(certificate.fingerprint256).toBe(identity.own.fingerprint256);
  });

  (hasXmlsec ? it : it.skip).each(profiles)(
    'verifies with xmlsec1 as $token, $parts, $hash',
    async (profile) => {
      expect(() => verifiedByXmlsec('<a/>', profile)).toThrow();
      const envelope = await signed(profile);
      expect(() => verifiedByXmlsec(envelope, profile)).not.toThrow();
      const changed = envelope.replace('volgorde="b', 'volgorde="c');
      expect(() => verifiedByXmlsec(changed, profile)).toThrow();
    },
  );

  it('does not verify once anything that is signed has changed, or stands elsewhere', async () => {
    const envelope = await signed({
      token: 'X509v3',
      parts: ['Body', 'Timestamp'],
      hash: 'sha256',
    });
    const changes: [string | RegExp, string][] = [
      ['volgorde="b', 'volgorde="c'],
      ['<b/>', '<b>x</b>'],
      [/(<wsu:Expires>)2/, '$13'],
      // A copy in the body of what the signature is about, in another place of the document.
      ['wsu:Id="body"', 'wsu:Id="other"'],
    ];
    for (const [before, after] of changes) {
      const changed = envelope.replace(before, after);
      expect(changed).not.toBe(envelope);
      expect(() => verifyEnvelope(changed, parseXml(changed))).toThrow();
    }
  });

  it('is read where another program signed it, with its own layout (the package soap)', () => {
    const other = new WSSecurityCert(own.privateKey, identity.own.toString(), '');
    const plain = `<s:Envelope xmlns:s="${soapEnvelope}"><s:Header></s:Header><s:Body>${body.markup}</s:Body></s:Envelope>`;
    const envelope = other.postProcess(plain, 's');
    expect(verifyEnvelope(envelope, parseXml(envelope))).toMatchObject({
      signed: ['Body', 'Timestamp'],
      token: 'X509v3',
    });
    const changed = envelope.replace('volgorde="b', 'volgorde="c');
    expect(() => verifyEnvelope(changed, parseXml(changed))).toThrow();
  });

  it('says when it was made and until when it counts, only where that is signed', async () => {
    const token = 'X509v3';
    const both = await signed({ token, parts: ['Body', 'Timestamp'], hash: 'sha1' });
    const [created, expires] = [now, new Date(now.getTime() + 300_000)].map(
      (at) => `${at.toISOString().slice(0, 19)}Z`,
    );
    expect(both).toContain(`<wsu:Created>${created}</wsu:Created>`);
    expect(both).toContain(`<wsu:Expires>${expires}</wsu:Expires>`);
    expect(await signed({ token, parts: ['Body'], hash: 'sha1' })).not.toContain('Timestamp');
  });

  it('is not made with a certificate that has expired, is not valid yet, or has another key', async () => {
    const expired = identityOf('MAGDA', rsaCertificate({ days: -1 }));
    const profile = { token: 'X509v3', parts: ['Body'], hash: 'sha256' } as const;
    const late = createSigner('MAGDA', expired, profile);
    await expect((async () => late(body, now))()).rejects.toMatchObject({
      verdict: 'pause',
      code: 'certificate',
      message: expect.stringContaining('expired on') as unknown,
    });
    await expect(
      (async () => createSigner('MAGDA', identity, profile)(body, new Date(0)))(),
    ).rejects.toMatchObject({ code: 'certificate' });
    const { privateKey } = rsaCertificate({ key: 1 });
    expect(() => identityOf('MAGDA', { certificate: own.certificate, privateKey })).toThrow(
      /does not belong/,
    );
  });

  it('says which setting cannot be right, and never what stands in it', () => {
    const parts = ['Body', 'Timestamp'] as const;
    expect(() => createSigner('MAGDA', identity, { token: 'bare', parts, hash: 'sha1' })).toThrow(
      /cannot be bare and hold a Timestamp/,
    );
    for (const wrong of [{ privateKey: 'geheim' }, { certificate: 'geheim' }]) {
      const failing = (): unknown => identityOf('MAGDA', { ...own, ...wrong });
      expect(failing).toThrow(/PEM/);
      expect(failing).not.toThrow(/geheim/);
    }
  });

  it('leaves the event loop free while RSA is computed', async () => {
    const sign = createSigner('MAGDA', identity, profiles[0] as SignatureProfile);
    let turned = false;
    const signing = sign(body, now).then(() => turned);
    setImmediate(() => (turned = true));
    expect(await signing).toBe(true);
  });
});
