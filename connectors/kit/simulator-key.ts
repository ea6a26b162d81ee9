import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { certificateOf } from './simulator-certificate.js';

/** A prime at a known distance from a number that everybody can compute. */
const prime = (label: string, distance: bigint): bigint => {
  const digest = (part: number): Buffer =>
    createHash('sha512').update(`lb-bus simulators ${label} ${part}`).digest();
  const bytes = Buffer.concat([digest(0), digest(1)]);
  bytes.writeUInt8(bytes.readUInt8(0) | 0xc0, 0);
  bytes.writeUInt8(bytes.readUInt8(127) | 1, 127);
  return BigInt(`0x${bytes.toString('hex')}`) + distance;
};

/** The inverse of a number modulo another (extended Euclid). */
const inverse = (number: bigint, modulus: bigint): bigint => {
  let [rest, next] = [number % modulus, modulus];
  let [factor, nextFactor] = [1n, 0n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
};

const base64url = (number: bigint): string => {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
};

const made = (): KeyObject => {
  const [p, q, e] = [prime('p', 388n), prime('q', 740n), 65_537n];
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const parts = Object.entries(numbers).map(([name, number]) => [name, base64url(number)]);
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'RSA', ...(Object.fromEntries(parts) as Record<string, string>) },
  });
};

let key: KeyObject | undefined;

/**
 * The RSA key of everybody who calls a simulator: the same in every process, so that nothing has to be kept, and known to
 * all, so that it protects nothing. Who calls is told by the certificate.
 */
export const simulatorKey = (): KeyObject => (key ??= made());

/** Certificate and key of an account, in PEM: the same wherever they are made of the same name, and of no other. */
export const simulatorIdentity = (name: string): { certificate: string; privateKey: string } => {
  const privateKey = simulatorKey();
  return {
    certificate: certificateOf({
      name,
      issuer: 'LB-bus simulator',
      serial: createHash('sha256').update(name).digest().subarray(0, 8),
      from: new Date('2020-01-01T00:00:00Z'),
      to: new Date('2049-12-31T00:00:00Z'),
      publicKey: createPublicKey(privateKey),
      signer: privateKey,
    }),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
