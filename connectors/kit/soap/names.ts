const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';

/** Namespaces and algorithm names of SOAP 1.1, WS-Security 1.0 and XML Signature. */
export const soapEnvelope = 'http://schemas.xmlsoap.org/soap/envelope/';
export const wsse = `${oasis}wssecurity-secext-1.0.xsd`;
export const wsu = `${oasis}wssecurity-utility-1.0.xsd`;
export const base64Binary = `${oasis}soap-message-security-1.0#Base64Binary`;
export const x509v3 = `${oasis}x509-token-profile-1.0#X509v3`;
export const pkiPath = `${oasis}x509-token-profile-1.0#X509PKIPathv1`;
export const ds = 'http://www.w3.org/2000/09/xmldsig#';
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const enveloped = `${ds}enveloped-signature`;

/** Names of the algorithms by the hash that they use. */
export const algorithms = {
  sha1: { hash: `${ds}sha1`, signature: `${ds}rsa-sha1` },
  sha256: {
    hash: 'http://www.w3.org/2001/04/xmlenc#sha256',
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  },
} as const;
