import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { certificateOf } from '../simulator-certificate.js';

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

const pairs: { publicKey: KeyObject; privateKey: KeyObject }[] = [];

/** Making an RSA key costs a tenth of a second: tests of one process share a few. */
const pairOf = (index: number): { publicKey: KeyObject; privateKey: KeyObject } =>
  (pairs[index] ??= newPair());

const dayMs = 86_400_000;

export interface RsaCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

interface Wish {
  readonly name: string;
  readonly issuer: string;
  readonly key: number;
  readonly issuerKey: number;
  readonly days: number;
}

const made = ({ name, issuer, key, issuerKey, days }: Wish): string =>
  certificateOf({
    name,
    issuer,
    from: new Date(Date.now() + Math.min(-1, days - 30) * dayMs),
    to: new Date(Date.now() + days * dayMs),
    publicKey: pairOf(key).publicKey,
    signer: pairOf(issuerKey).privateKey,
  });

/** A certificate that signed itself, with its RSA key, in PEM; `days` may be past, `key` is the number of its key. */
export const rsaCertificate = ({ days = 30, key = 0 } = {}): RsaCertificate => ({
  certificate: made({ name: 'lb-bus', issuer: 'lb-bus', key, issuerKey: key, days }),
  privateKey: pairOf(key).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

/** The same, issued by an authority whose certificate comes along. */
export const issuedCertificate = (): RsaCertificate & { readonly authority: string } => {
  const authority = made({ name: 'Issuer', issuer: 'Issuer', key: 2, issuerKey: 2, days: 30 });
  const own = made({ name: 'localhost', issuer: 'Issuer', key: 0, issuerKey: 2, days: 30 });
  return { ...rsaCertificate(), certificate: own + authority, authority };
};
