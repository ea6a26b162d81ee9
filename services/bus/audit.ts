import { open, seal, SealBroken, type KeyRing } from '#runtime/keys.js';
import type { Bus } from './connection.js';
import type { Delivery } from './delivery.js';
import { deviationOf, isEnvelope, isStepRecord } from './envelope-check.js';
import type { Envelope, Shipment } from './envelope.js';
import { Undecodable } from './failures.js';
import type { AcceptedRecord, StepRecord } from './records.js';
import { auditQueue } from './topology.js';
import type { Publication } from './window.js';

export const sealedMedia = 'application/vnd.lb-bus.sealed';

/** A record as it comes to the collector; `body` is the CloudEvent, still sealed. */
export type CollectedRecord = (AcceptedRecord & { readonly body: Buffer }) | StepRecord;

/** The key ring of a tenant, null where the tenant is not (yet) known. */
export type KeysOf = (tenant: string) => KeyRing | null;

const placeOfStep = (tenant: string): string => `${tenant}|step`;

/** "Entered the bus": the sealed CloudEvent with its envelope, for the audit queue. */
export const acceptedPublication = (envelope: Envelope, body: Buffer): Publication => ({
  body,
  headers: { 'lb-record': 'accepted', 'lb-envelope': JSON.stringify(envelope) },
  properties: { messageId: envelope.id, type: envelope.type, contentType: sealedMedia },
  mayShare: true,
});

/** One step, sealed with the body key of its tenant, for the audit queue. */
export const stepPublication = (step: StepRecord, keys: KeyRing): Publication => {
  const { tenant, type } = step.envelope;
  return {
    body: seal(Buffer.from(JSON.stringify(step), 'utf8'), keys, placeOfStep(tenant)),
    headers: { 'lb-record': 'step', 'lb-tenant': tenant },
    properties: { messageId: step.stepId, type, contentType: sealedMedia },
    mayShare: true,
  };
};

/** Resolves when the record is safe in the audit queue; rejects as `Bus.publish`. */
export const publishAccepted = (
  bus: Pick<Bus, 'publish'>,
  envelope: Envelope,
  body: Buffer,
): Promise<void> => bus.publish(auditQueue, acceptedPublication(envelope, body));

/** Resolves when the step is safe in the audit queue; rejects as `Bus.publish`. */
export const publishStep = (
  bus: Pick<Bus, 'publish'>,
  step: StepRecord,
  keys: KeyRing,
): Promise<void> => bus.publish(auditQueue, stepPublication(step, keys));

type Received = Pick<Delivery, 'headers' | 'body'>;

const header = (delivery: Received, name: string): string => {
  const value = delivery.headers[name];
  if (typeof value !== 'string') throw new Undecodable(`header ${name} is missing`);
  return value;
};

const parsed = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text.
    throw new Undecodable(`${what} is not JSON`);
  }
};

/** The envelope in the header of a delivery. Throws `Undecodable`. */
export const readEnvelope = (delivery: Received): Envelope => {
  const value = parsed(header(delivery, 'lb-envelope'), 'header lb-envelope');
  if (!isEnvelope(value)) throw new Undecodable(`envelope: ${deviationOf(value, 'envelope')}`);
  return value;
};

/** What lies in a target queue. Throws `Undecodable`: then it has to be set aside, it never becomes readable. */
export const readShipment = (delivery: Received): Shipment => ({
  envelope: readEnvelope(delivery),
  target: header(delivery, 'lb-target'),
  body: delivery.body,
});

const readStep = (delivery: Received, keysOf: KeysOf): StepRecord => {
  const tenant = header(delivery, 'lb-tenant');
  const keys = keysOf(tenant);
  if (!keys) throw new SealBroken(`tenant "${tenant}" is not known`);
  const plain = open(delivery.body, keys, placeOfStep(tenant));
  const value = parsed(plain.toString('utf8'), 'the step');
  if (!isStepRecord(value)) throw new Undecodable(`step: ${deviationOf(value, 'step')}`);
  if (value.envelope.tenant !== tenant) throw new Undecodable('step of another tenant');
  return value;
};

/**
 * What lies in the audit queue. Throws `Undecodable` where it never becomes readable, `SealBroken` where the tenant or
 * the key may still come: tenants and keys reach a process within two seconds.
 */
export const readRecord = (delivery: Received, keysOf: KeysOf): CollectedRecord => {
  const record = header(delivery, 'lb-record');
  if (record === 'accepted')
    return { record, envelope: readEnvelope(delivery), body: delivery.body };
  if (record === 'step') return readStep(delivery, keysOf);
  throw new Undecodable('header lb-record is neither accepted nor step');
};
