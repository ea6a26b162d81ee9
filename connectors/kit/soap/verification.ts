import { X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { ds, pkiPath } from './names.js';
import { childOf, childrenOf, textOf } from './xml.js';
import type { XmlElement } from './xml.js';

/** What a signature proves. */
export interface Verified {
  /** Of the signer, as it came along: whether it may be trusted is another question. */
  readonly certificate: X509Certificate;
  readonly signed: readonly ('Body' | 'Timestamp')[];
  readonly hash: 'sha1' | 'sha256';
  readonly token: 'X509v3' | 'PKIPath' | 'bare';
}

/** The last certificate of a PkiPath: the signer's own. Each begins with a SEQUENCE of two length octets. */
const lastOf = (path: Buffer): Buffer => {
  let at = 2 + ((path[1] ?? 0) & 0x80 ? (path[1] ?? 0) & 0x7f : 0);
  let last = path.subarray(0, 0);
  while (at + 4 <= path.length) {
    const sizeBytes = 4 + path.readUInt16BE(at + 2);
    last = path.subarray(at, at + sizeBytes);
    at += sizeBytes;
  }
  return last;
};

const idOf = ({ attributes }: XmlElement): string | undefined =>
  Object.entries(attributes).find(([name]) => /(^|\})Id$/.test(name))?.[1];

interface Signature {
  readonly element: XmlElement;
  readonly certificate: X509Certificate;
  readonly token: Verified['token'];
}

const tokenIn = (security: XmlElement | undefined): Omit<Signature, 'element'> | null => {
  const token = childOf(security, 'BinarySecurityToken');
  if (!token) return null;
  const bytes = Buffer.from(token.text, 'base64');
  const isPath = token.attributes['ValueType'] === pkiPath;
  return {
    certificate: new X509Certificate(isPath ? lastOf(bytes) : bytes),
    token: isPath ? 'PKIPath' : 'X509v3',
  };
};

const signatureIn = (envelope: XmlElement): Signature => {
  const header = childOf(envelope, 'Header');
  const security = childOf(header, 'Security');
  const element = childOf(security ?? header, 'Signature');
  if (element?.namespace !== ds) throw new Error('there is no signature');
  const token = tokenIn(security);
  if (token) return { element, ...token };
  const own = textOf(element, 'KeyInfo', 'X509Data', 'X509Certificate') ?? '';
  const certificate = new X509Certificate(Buffer.from(own, 'base64'));
  return { element, certificate, token: 'bare' };
};

/** Each signed part must be the part itself, not another element of that id somewhere in the document. */
const signedParts = (envelope: XmlElement, { element }: Signature): Verified['signed'] => {
  const security = childOf(envelope, 'Header', 'Security');
  const parts = new Map([
    [idOf(childOf(envelope, 'Body') ?? envelope), 'Body' as const],
    ...childrenOf(security, 'Timestamp').map((part) => [idOf(part), 'Timestamp' as const] as const),
  ]);
  return childrenOf(childOf(element, 'SignedInfo'), 'Reference').map(({ attributes }) => {
    const part = parts.get(attributes['URI']?.slice(1));
    if (!part) throw new Error('it signs something that is neither Body nor Timestamp');
    return part;
  });
};

const hashOf = ({ element }: Signature): Verified['hash'] => {
  const method = childOf(element, 'SignedInfo', 'SignatureMethod')?.attributes['Algorithm'] ?? '';
  return method.endsWith('sha256') ? 'sha256' : 'sha1';
};

/**
 * Verifies the signature of an envelope, given as text and as `parseXml` read it. Throws an error that says what is wrong.
 * For simulators and tests: whom the certificate belongs to is the caller's question.
 */
export const verifyEnvelope = (text: string, envelope: XmlElement): Verified => {
  const signature = signatureIn(envelope);
  const signed = signedParts(envelope, signature);
  const checked = new SignedXml({
    publicCert: signature.certificate.publicKey,
    getCertFromKeyInfo: () => null,
    ...(signature.token !== 'bare' && { idMode: 'wssecurity' }),
  });
  const [element = ''] = /<((?:\w+:)?Signature)[\s>][^]*<\/\1>/.exec(text) ?? [];
  checked.loadSignature(element);
  if (!checked.checkSignature(text)) throw new Error('a digest is not that of what it signs');
  const { certificate, token } = signature;
  return { certificate, signed, token, hash: hashOf(signature) };
};
