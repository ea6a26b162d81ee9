import { generateKeyPairSync } from 'node:crypto';
import { certificateOf } from '#kit/simulator-certificate.js';

/** A certificate with its key, both PEM: what a TLS server is given. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** Issues certificates that are trusted wherever `authority` is (NODE_EXTRA_CA_CERTS). */
export interface Authority {
  readonly authority: string;
  /** Names are DNS names; `days` counts from yesterday, so that a negative number is long past. */
  readonly issue: (name: string, days?: number) => Certified;
}

const dayMs = 86_400_000;

const lifetime = (days: number): { from: Date; to: Date } => {
  const now = Date.now();
  const from = days > 0 ? now - dayMs : now + (days - 9) * dayMs;
  return { from: new Date(from), to: new Date(now + days * dayMs) };
};

const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Makes an authority of its own name for one test. */
export const newAuthority = (issuer = 'Authority of a test'): Authority => {
  const own = newPair();
  const signer = own.privateKey;
  const wish = { name: issuer, issuer, signer, publicKey: own.publicKey };
  return {
    authority: certificateOf({ ...wish, ...lifetime(30) }),
    issue: (name, days = 30) => {
      const { publicKey, privateKey } = newPair();
      const cert = certificateOf({ name, issuer, signer, publicKey, ...lifetime(days) });
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
};
