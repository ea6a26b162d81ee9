import { randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'latin1'));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.from([0xff]));

/** RFC 5758: ecdsa-with-SHA256; RFC 4055: sha256WithRSAEncryption. */
const algorithms: Readonly<Record<string, Buffer>> = {
  ec: sequence(oid('2a8648ce3d040302')),
  rsa: sequence(oid('2a864886f70d01010b'), Buffer.from([0x05, 0x00])),
};

const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), text(0x0c, name))));
const moment = (at: Date): Buffer => text(0x18, `${at.toISOString().replace(/[-:T]|\..*/g, '')}Z`);
const extension = (id: string, ...value: readonly Buffer[]): Buffer =>
  sequence(oid(id), ...value.slice(0, -1), der(0x04, value.at(-1) ?? Buffer.alloc(0)));
const pem = (bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

/** A certificate for a simulator or a test. */
export interface CertificateWish {
  readonly name: string;
  readonly issuer: string;
  /** At random where none is given. */
  readonly serial?: Buffer;
  readonly from: Date;
  readonly to: Date;
  readonly publicKey: KeyObject;
  /** Private key of the issuer, EC (P-256) or RSA. */
  readonly signer: KeyObject;
}

/** RFC 5280, section 4.1, in PEM: an authority where it names itself, else a server of that DNS name. */
export const certificateOf = (wish: CertificateWish): string => {
  const { name, issuer, serial = randomBytes(8), from, to, publicKey, signer } = wish;
  const algorithm = algorithms[signer.asymmetricKeyType ?? ''] ?? Buffer.alloc(0);
  const usage =
    name === issuer
      ? extension('551d13', yes, sequence(yes))
      : extension('551d11', sequence(text(0x82, name)));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), serial),
    algorithm,
    commonName(issuer),
    sequence(moment(from), moment(to)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(usage)),
  );
  const signature = sign('sha256', body, signer);
  return pem(sequence(body, algorithm, der(0x03, Buffer.from([0]), signature)));
};
