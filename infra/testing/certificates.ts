import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

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

/** RFC 5758: ecdsa-with-SHA256. */
const algorithm = sequence(oid('2a8648ce3d040302'));
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), text(0x0c, name))));
const moment = (ms: number): Buffer =>
  text(0x18, `${new Date(ms).toISOString().replace(/[-:T]|\..*/g, '')}Z`);
const extension = (id: string, ...value: readonly Buffer[]): Buffer =>
  sequence(oid(id), ...value.slice(0, -1), der(0x04, value.at(-1) ?? Buffer.alloc(0)));
const pem = (bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

const dayMs = 86_400_000;

interface Wish {
  readonly name: string;
  readonly issuer: string;
  readonly days: number;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
}

/** RFC 5280, section 4.1: an authority where it names itself, else a server. */
const certificateOf = ({ name, issuer, days, publicKey, signer }: Wish): string => {
  const now = Date.now();
  const [from, to] =
    days > 0 ? [now - dayMs, now + days * dayMs] : [now + (days - 9) * dayMs, now + days * dayMs];
  const usage =
    name === issuer
      ? extension('551d13', yes, sequence(yes))
      : extension('551d11', sequence(text(0x82, name)));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
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

const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Makes an authority of its own name for one test. */
export const newAuthority = (issuer = 'Authority of a test'): Authority => {
  const own = newPair();
  const signer = own.privateKey;
  return {
    authority: certificateOf({ name: issuer, issuer, days: 30, publicKey: own.publicKey, signer }),
    issue: (name, days = 30) => {
      const { publicKey, privateKey } = newPair();
      const cert = certificateOf({ name, issuer, days, publicKey, signer });
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
};
