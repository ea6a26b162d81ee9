import { createHash, verify, X509Certificate } from 'node:crypto';
import { canonical, readWritten } from './canonical.js';
import type { WrittenElement } from './canonical.js';
import { algorithms, ds, enveloped, inclusive, pkiPath } from './names.js';
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

const hashOf = (name: string | undefined, of: 'hash' | 'signature'): Verified['hash'] => {
  for (const hash of ['sha1', 'sha256'] as const) if (algorithms[hash][of] === name) return hash;
  throw new Error('it is made with an algorithm that is not read here');
};

const bytesOf = (base64: string | undefined): Buffer => Buffer.from(base64 ?? '', 'base64');

const algorithmOf = (element: XmlElement | undefined): string => {
  // A list of prefixes would make another canonical form.
  if (element && element.children.length > 0) throw new Error('it has parameters not read here');
  return element?.attributes['Algorithm'] ?? '';
};

/** Finds elements of the document as it was written. */
const writtenAt = (
  from: WrittenElement | undefined,
  ...path: readonly string[]
): WrittenElement | undefined =>
  path.reduce<WrittenElement | undefined>(
    (at, name) =>
      at?.children.find(
        (child): child is WrittenElement => typeof child !== 'string' && child.tag.local === name,
      ),
    from,
  );

interface Document {
  readonly root: WrittenElement;
  readonly signature: WrittenElement;
}

/** Throws where a part is not, to the letter, what the signature says of it. */
const checkPart = (
  { root, signature }: Document,
  part: Verified['signed'][number],
  reference: XmlElement,
): void => {
  const path = part === 'Body' ? [part] : ['Header', 'Security', part];
  const element = writtenAt(root, ...path);
  if (!element) throw new Error(`there is no ${part}`);
  const named = childrenOf(childOf(reference, 'Transforms'), 'Transform').map(algorithmOf);
  const methods = named.filter((name) => name !== enveloped);
  if (methods.length > 1) throw new Error('it is transformed more than once');
  const without = named.includes(enveloped) ? signature : null;
  const text = canonical(element, methods[0] ?? inclusive, without);
  const hash = hashOf(childOf(reference, 'DigestMethod')?.attributes['Algorithm'], 'hash');
  const digest = createHash(hash).update(text).digest();
  if (!digest.equals(bytesOf(textOf(reference, 'DigestValue'))))
    throw new Error('a digest is not that of what it signs');
};

/**
 * Verifies the signature of an envelope, given as text and as `parseXml` read it. Throws an error that says what is wrong.
 * For simulators and tests: whom the certificate belongs to is the caller's question. It shares no code with what signs.
 */
export const verifyEnvelope = (text: string, envelope: XmlElement): Verified => {
  const signature = signatureIn(envelope);
  const signed = signedParts(envelope, signature);
  const { certificate, token, element } = signature;
  const info = childOf(element, 'SignedInfo');
  const root = readWritten(text);
  const path = token === 'bare' ? ['Header', 'Signature'] : ['Header', 'Security', 'Signature'];
  const written = writtenAt(root, ...path);
  const writtenInfo = writtenAt(written, 'SignedInfo');
  if (!written || !writtenInfo) throw new Error('there is no signature');
  childrenOf(info, 'Reference').forEach((reference, index) => {
    const part = signed[index];
    if (part) checkPart({ root, signature: written }, part, reference);
  });
  const hash = hashOf(childOf(info, 'SignatureMethod')?.attributes['Algorithm'], 'signature');
  const told = canonical(writtenInfo, algorithmOf(childOf(info, 'CanonicalizationMethod')));
  const value = bytesOf(textOf(element, 'SignatureValue'));
  if (!verify(hash, Buffer.from(told), certificate.publicKey, value))
    throw new Error('the signature is not that of what it signs');
  return { certificate, signed, token, hash };
};
