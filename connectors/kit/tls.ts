import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { Failure } from './failure.js';

/** Our own certificate at another system, from settings. */
export interface ClientCertificate {
  /** PEM: our own first, then those of its issuers, as far as the other side needs them. */
  readonly certificate: string;
  /** PEM, without passphrase. */
  readonly privateKey: string;
  /** PEM: who must have issued the certificate of the other side, in place of all that this machine trusts. */
  readonly authority?: string | undefined;
}

/** A certificate with its private key, read and found to belong together. */
export interface Identity {
  /** Our own first. */
  readonly certificates: readonly X509Certificate[];
  readonly own: X509Certificate;
  readonly privateKey: KeyObject;
}

const misconfigured = (message: string, cause?: unknown): Failure =>
  new Failure('pause', message, { code: 'misconfigured', cause });

const certificatesIn = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );

const readOr = <T>(read: () => T, message: string): T => {
  try {
    return read();
  } catch {
    // The cause may quote the key.
    throw misconfigured(message);
  }
};

/** Reads what settings give; throws `Failure('pause')` that says which part is wrong, never what is in it. */
export const identityOf = (
  system: string,
  { certificate, privateKey }: Pick<ClientCertificate, 'certificate' | 'privateKey'>,
): Identity => {
  const certificates = readOr(
    () => certificatesIn(certificate),
    `The certificate for ${system} cannot be read (PEM)`,
  );
  const [own] = certificates;
  if (!own) throw misconfigured(`The certificate for ${system} holds no certificate (PEM)`);
  const key = readOr(
    () => createPrivateKey(privateKey),
    `The private key for ${system} cannot be read (PEM, without passphrase)`,
  );
  if (!own.checkPrivateKey(key))
    throw misconfigured(`The private key for ${system} does not belong to the first certificate`);
  return { certificates, own, privateKey: key };
};

/** For TLS connections on which we show who we are. */
export const secureContextOf = (system: string, client: ClientCertificate): SecureContext => {
  identityOf(system, client);
  const { certificate, privateKey, authority } = client;
  return readOr(
    () =>
      createSecureContext({
        cert: certificate,
        key: privateKey,
        ...(authority !== undefined && { ca: authority }),
      }),
    `The certificates for ${system} cannot be used for TLS`,
  );
};

/** Throws `Failure('pause')` where the certificate is not valid at this moment: the other side would refuse it. */
export const checkValidity = (system: string, { own }: Identity, now: Date): void => {
  const ended = new Date(own.validTo) < now;
  if (!ended && new Date(own.validFrom) <= now) return;
  const why = ended
    ? `expired on ${own.validTo}: put the new one in the settings`
    : `is only valid from ${own.validFrom}: or the clock of this machine is behind`;
  throw new Failure('pause', `The certificate for ${system} ${why}`, { code: 'certificate' });
};
