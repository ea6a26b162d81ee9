import { randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { Failure } from '../failure.js';
import { checkValidity } from '../tls.js';
import type { Identity } from '../tls.js';
import { algorithms, ds, enveloped, exclusive, inclusive, wsse, wsu } from './names.js';
import { soapEnvelope as soap } from './names.js';
import { xml } from './template.js';
import type { Markup } from './template.js';
import { securityToken } from './token.js';

/** What a service asks of the signature (OASIS X.509 Certificate Token Profile). */
export interface SignatureProfile {
  /**
   * How our certificate goes along: in a security token of WS-Security, alone or with its issuers, or in a bare signature
   * in the header, without WS-Security.
   */
  readonly token: 'X509v3' | 'PKIPath' | 'bare';
  /** What is signed. A Timestamp is sent only where it is. */
  readonly parts: readonly ('Body' | 'Timestamp')[];
  readonly hash: 'sha1' | 'sha256';
}

/** Makes the whole envelope of a body, signed; `Failure('pause')` where the certificate is not valid now. */
export type Signer = (body: Markup, now: Date) => Promise<string>;

/** Between the clocks of both sides and the time under way. */
const timestampMs = 5 * 60_000;

const instant = (now: Date): string => `${now.toISOString().slice(0, 19)}Z`;

const timestamp = (now: Date): Markup => xml`
  <wsu:Timestamp wsu:Id="timestamp">
    <wsu:Created>${instant(now)}</wsu:Created>
    <wsu:Expires>${instant(new Date(now.getTime() + timestampMs))}</wsu:Expires>
  </wsu:Timestamp>`;

/** RSA in the thread pool of libuv: the event loop goes on meanwhile. */
const signing = (hash: SignatureProfile['hash'], name: string) =>
  class {
    getSignature = (
      signedInfo: Buffer | string,
      key: KeyObject,
      done: (error: Error | null, signature?: string) => void,
    ): void => {
      sign(hash, Buffer.from(signedInfo), key, (error, signature) => {
        if (error) done(error);
        else done(null, signature.toString('base64'));
      });
    };
    verifySignature = (): boolean => false;
    getAlgorithmName = (): string => name;
  };

type Layout = Readonly<{
  envelope: (body: Markup, now: Date) => Markup;
  canonicalization: string;
  transforms: string[];
  /** XPath of what the signature is put into. */
  holder: string;
  keyInfo: string;
}>;

const headerXPath = "/*[local-name()='Envelope']/*[local-name()='Header']";

const partXPaths = {
  Body: "/*/*[local-name()='Body']",
  Timestamp: `${headerXPath}/*[local-name()='Security']/*[local-name()='Timestamp']`,
} as const;

/** OASIS Web Services Security 1.0: everything about the signature in one header. */
const securityLayout = ({ certificates }: Identity, profile: SignatureProfile): Layout => {
  const id = `x509-${randomUUID()}`;
  const isPath = profile.token === 'PKIPath';
  const { token, reference } = securityToken(isPath ? 'PKIPath' : 'X509v3', certificates, id);
  const signsTime = profile.parts.includes('Timestamp');
  return {
    canonicalization: exclusive,
    transforms: [exclusive],
    holder: `${headerXPath}/*[local-name()='Security']`,
    keyInfo: reference.markup,
    envelope: (body, now) => xml`
      <soap:Envelope xmlns:soap="${soap}">
        <soap:Header>
          <wsse:Security xmlns:wsse="${wsse}" xmlns:wsu="${wsu}" soap:mustUnderstand="1">
            ${token}
            ${signsTime ? timestamp(now) : null}
          </wsse:Security>
        </soap:Header>
        <soap:Body xmlns:wsu="${wsu}" wsu:Id="body">${body}</soap:Body>
      </soap:Envelope>`,
  };
};

const rsaKeyValue = ({ own }: Identity): Markup => {
  const { n = '', e = '' } = own.publicKey.export({ format: 'jwk' });
  const base64 = (part: string): string => Buffer.from(part, 'base64url').toString('base64');
  return xml`
    <ds:KeyValue xmlns:ds="${ds}"><ds:RSAKeyValue>
      <ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent>
    </ds:RSAKeyValue></ds:KeyValue>`;
};

/** A signature without WS-Security, as System.Security.Cryptography.Xml makes them. */
const bareLayout = (identity: Identity): Layout => ({
  canonicalization: inclusive,
  transforms: [enveloped, inclusive],
  holder: headerXPath,
  keyInfo: xml`
    ${rsaKeyValue(identity)}
    <ds:X509Data xmlns:ds="${ds}">
      <ds:X509Certificate>${identity.own.raw.toString('base64')}</ds:X509Certificate>
    </ds:X509Data>`.markup,
  envelope: (body) => xml`
    <soap:Envelope xmlns:soap="${soap}">
      <soap:Header></soap:Header>
      <soap:Body Id="body">${body}</soap:Body>
    </soap:Envelope>`,
});

const refuseImpossible = (system: string, identity: Identity, profile: SignatureProfile): void => {
  const misconfigured = (message: string): Failure =>
    new Failure('pause', message, { code: 'misconfigured' });
  if (identity.privateKey.asymmetricKeyType !== 'rsa')
    throw misconfigured(`The private key for ${system} must be an RSA key`);
  if (profile.token === 'bare' && profile.parts.includes('Timestamp'))
    throw misconfigured(`The signature for ${system} cannot be bare and hold a Timestamp`);
  if (profile.parts.length === 0)
    throw misconfigured(`The signature for ${system} must sign something`);
};

/** Makes the signer of one identity; throws `Failure('pause')` where the profile asks what cannot be. */
export const createSigner = (
  system: string,
  identity: Identity,
  profile: SignatureProfile,
): Signer => {
  refuseImpossible(system, identity, profile);
  const isBare = profile.token === 'bare';
  const layout = isBare ? bareLayout(identity) : securityLayout(identity, profile);
  const names = algorithms[profile.hash];
  const Signing = signing(profile.hash, names.signature);
  return (body, now) => {
    checkValidity(system, identity, now);
    const signature = new SignedXml({
      privateKey: identity.privateKey,
      signatureAlgorithm: names.signature,
      canonicalizationAlgorithm: layout.canonicalization,
      getKeyInfoContent: () => layout.keyInfo,
      ...(!isBare && { idMode: 'wssecurity' }),
    });
    signature.SignatureAlgorithms = { [names.signature]: Signing as never };
    for (const part of profile.parts)
      signature.addReference({
        xpath: partXPaths[part],
        transforms: layout.transforms,
        digestAlgorithm: names.hash,
      });
    return new Promise((resolve, reject) => {
      const options = { prefix: 'ds', location: { reference: layout.holder } };
      signature.computeSignature(layout.envelope(body, now).markup, options, (error) => {
        if (error) reject(error);
        else resolve(signature.getSignedXml());
      });
    });
  };
};
