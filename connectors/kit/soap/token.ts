import type { X509Certificate } from 'node:crypto';
import { base64Binary, pkiPath, wsse, wsu, x509v3 } from './names.js';
import { xml } from './template.js';
import type { Markup } from './template.js';

/** Length of a DER value (X.690, 8.1.3). */
const lengthOf = (bytes: number): Buffer => {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits = bytes.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
};

/** PkiPath (X.509, 8): the certificates in one SEQUENCE, each the issuer of the next, our own last. */
const pathOf = (certificates: readonly X509Certificate[]): Buffer => {
  const content = Buffer.concat([...certificates].reverse().map(({ raw }) => raw));
  return Buffer.concat([Buffer.from([0x30]), lengthOf(content.length), content]);
};

/** The security token that carries our certificate, our own first, and the reference to it that goes into the signature. */
export const securityToken = (
  kind: 'X509v3' | 'PKIPath',
  certificates: readonly X509Certificate[],
  id: string,
): { readonly token: Markup; readonly reference: Markup } => {
  const isPath = kind === 'PKIPath';
  const type = isPath ? pkiPath : x509v3;
  const bytes = isPath ? pathOf(certificates) : certificates[0]?.raw;
  return {
    token: xml`
      <wsse:BinarySecurityToken xmlns:wsu="${wsu}" EncodingType="${base64Binary}" ValueType="${type}" wsu:Id="${id}">
        ${bytes?.toString('base64')}
      </wsse:BinarySecurityToken>`,
    reference: xml`
      <wsse:SecurityTokenReference xmlns:wsse="${wsse}">
        <wsse:Reference URI="#${id}" ValueType="${type}"/>
      </wsse:SecurityTokenReference>`,
  };
};
