import type { SimulatedRequest } from '#kit/simulator.js';
import type { Verified } from '#kit/soap/verification.js';
import { verifyEnvelope } from '#kit/soap/verification.js';
import { childOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import type { Omgeving } from './state.js';

/** What is wrong with the signature or the certificate, in the words of the gateway. */
export class Onbetrouwbaar extends Error {}

/** Between the clocks of both sides. */
const skewMs = 5 * 60_000;

const checkTimestamp = (envelope: XmlElement, { signed }: Verified, now: Date): void => {
  const timestamp = childOf(envelope, 'Header', 'Security', 'Timestamp');
  if (!timestamp) return;
  if (!signed.includes('Timestamp')) throw new Onbetrouwbaar('Timestamp is not signed');
  const created = Date.parse(textOf(timestamp, 'Created') ?? '');
  const expires = Date.parse(textOf(timestamp, 'Expires') ?? '');
  const isNow = created - skewMs <= now.getTime() && now.getTime() <= expires + skewMs;
  if (!isNow) throw new Onbetrouwbaar('The message has expired (clock skew)');
};

const checkCertificate = (
  { certificate: own, tools }: Omgeving,
  { certificate }: Verified,
): void => {
  if (certificate.fingerprint256 !== own.fingerprint256)
    throw new Onbetrouwbaar('Certificate is not known for any sender');
  const now = tools.now();
  if (new Date(certificate.validFrom) > now || new Date(certificate.validTo) < now)
    throw new Onbetrouwbaar('Certificate has expired');
};

/** Checks who calls: the signature over the Body, made with the certificate of this sender, and where it holds one the Timestamp. */
export const checkSignature = (
  omgeving: Omgeving,
  request: SimulatedRequest,
  envelope: XmlElement,
): void => {
  let verified: Verified;
  try {
    verified = verifyEnvelope(request.body.toString(), envelope);
  } catch (error) {
    throw new Onbetrouwbaar(error instanceof Error ? error.message : String(error));
  }
  if (!verified.signed.includes('Body')) throw new Onbetrouwbaar('Body is not signed');
  checkCertificate(omgeving, verified);
  checkTimestamp(envelope, verified, omgeving.tools.now());
};

/** True where the line is plain (the proeftuin), or the sender showed the certificate that it signs with. */
export const isAdmitted = (
  { certificate: own }: Omgeving,
  { certificate }: SimulatedRequest,
): boolean => certificate === undefined || certificate.equals(own.raw);
