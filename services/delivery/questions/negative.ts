import { busIdOf, type Envelope } from '#bus/envelope.js';
import type { PreparedAnswer } from '#intake/answer.js';
import { digestOf } from '#intake/digest.js';
import type { KeyRing } from '#runtime/keys.js';
import { sealEvent } from '../body.js';
import type { Line } from '../line.js';
import type { Refused } from './ending.js';

/** Type of the message that says why there is no answer; made by the bus, for every kind of question. */
const negativeType = 'be.lbbus.vraag.niet-beantwoord.v1';

/** Where an answer comes from and what it hangs on. */
export const answerId = ({ id, acceptedAt }: Pick<Envelope, 'id' | 'acceptedAt'>): string =>
  `${id}-${Date.parse(acceptedAt)}`;

/** A negative answer: a CloudEvent whose data is a problem after RFC 9457. */
export const negativeAnswer = (
  line: Line,
  question: Envelope,
  { ending, keys, now }: { readonly ending: Refused; readonly keys: KeyRing; readonly now: Date },
): PreparedAnswer => {
  const { tenant, subject, traceparent, verwerking } = question;
  const source = `urn:lb:${tenant}:${line.target}`;
  const senderId = answerId(question);
  const id = busIdOf(tenant, source, senderId);
  const time = now.toISOString();
  const correlationId = question.correlationId ?? question.id;
  const data = {
    type: `urn:lb-bus:problem:${ending.code}`,
    title: 'De vraag is niet beantwoord',
    detail: ending.detail,
    code: ending.code,
  };
  const event = {
    specversion: '1.0',
    id: senderId,
    source,
    type: negativeType,
    subject,
    time,
    datacontenttype: 'application/problem+json',
    ...(verwerking !== null && { verwerking }),
    correlationid: correlationId,
    causationid: question.id,
    tenant,
    busid: id,
    traceparent,
    data,
  };
  const envelope: Envelope = {
    version: 1,
    id,
    tenant,
    type: negativeType,
    kind: 'answer',
    source,
    senderId,
    subject,
    time,
    acceptedAt: time,
    expiresAt: null,
    digest: digestOf(negativeType, subject, data),
    targets: [],
    verwerking,
    traceparent,
    correlationId,
    causationId: question.id,
    origin: line.target,
  };
  return { envelope, body: sealEvent({ tenant, id }, event, keys) };
};
