import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { stepOutcomes } from './records.js';

const uuid = Type.RegExp(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const name = Type.RegExp(/^[a-z][a-z0-9-]{0,63}$/);
/** A moment that PostgreSQL takes as well. */
const moment = Type.RegExp(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);
/** PostgreSQL stores no NUL. */
const text = Type.RegExp(/^[^\0]*$/);
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const envelope = Type.Object({
  version: Type.Literal(1),
  id: uuid,
  tenant: name,
  type: text,
  kind: Type.Union([
    Type.Literal('event'),
    Type.Literal('command'),
    Type.Literal('question'),
    Type.Literal('answer'),
  ]),
  source: text,
  senderId: text,
  subject: text,
  time: text,
  acceptedAt: moment,
  expiresAt: orNull(moment),
  digest: Type.RegExp(/^[0-9a-f]{64}$/),
  targets: Type.Array(name),
  verwerking: orNull(text),
  traceparent: text,
  correlationId: orNull(text),
  causationId: orNull(text),
  origin: orNull(name),
});

const oneOf = <T extends string>(...values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));
const count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

const step = Type.Object({
  record: Type.Literal('step'),
  stepId: uuid,
  envelope,
  target: name,
  connector: text,
  operation: orNull(Type.String()),
  sequence: count,
  at: moment,
  durationMs: count,
  calls: Type.Optional(
    Type.Array(Type.Object({ method: text, status: text, durationMs: count }), { maxItems: 100 }),
  ),
  bytes: Type.Optional(count),
  outcome: oneOf(...stepOutcomes),
  status: oneOf('accepted', 'delivered', 'waiting', 'held', 'parked', 'expired', 'discarded'),
  code: orNull(text),
  detail: orNull(Type.String()),
  externalId: orNull(Type.String()),
  nextAttemptAt: orNull(moment),
  conflictOf: orNull(uuid),
});

const compiledEnvelope = TypeCompiler.Compile(envelope);
const compiledStep = TypeCompiler.Compile(step);

/** True where it has the shape of an `Envelope`, to which the compiler holds it where it is read; further properties are of later versions and do no harm. */
export const isEnvelope = (value: unknown): value is Static<typeof envelope> =>
  compiledEnvelope.Check(value);

export const isStepRecord = (value: unknown): value is Static<typeof step> =>
  compiledStep.Check(value);

/** Where the first deviation lies, without the value: it may be of a person. */
export const deviationOf = (value: unknown, what: 'envelope' | 'step'): string => {
  const check = what === 'envelope' ? compiledEnvelope : compiledStep;
  const first = check.Errors(value).First();
  return first ? `${first.path || '/'}: ${first.message}` : 'nothing';
};
