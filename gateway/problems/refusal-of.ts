import { BrokerUnavailable, QueueMismatch, Refused, Unroutable } from '#bus/failures.js';
import { Refusal, type RefusalCode } from '#intake/refusal.js';
import { isAway } from './away.js';

/** After what a caller may try again while something of ours is away. */
export const retryAfterSeconds = 5;
const brokerFailures = [BrokerUnavailable, QueueMismatch, Refused, Unroutable];

/** What framework and parser refuse by themselves, told by their HTTP status. */
const byStatus: Readonly<Record<number, readonly [RefusalCode, string]>> = {
  400: ['bad-query', 'body'],
  404: ['not-found', ''],
  405: ['not-found', 'method'],
  408: ['timeout', ''],
  413: ['too-large', 'header'],
  414: ['too-large', 'header'],
  415: ['unsupported-media', 'attachment'],
  417: ['bad-query', 'http'],
  431: ['too-large', 'header'],
};

/** A refusal for a bare HTTP status; one we never give of ourselves is an error of ours. */
export const refusalOfStatus = (status: number): Refusal => {
  const known = byStatus[status];
  if (!known) return new Refusal('unclassified', 500);
  return new Refusal(known[0], status, { params: { variant: known[1] } });
};

const statusOf = (error: unknown): number => {
  if (typeof error !== 'object' || error === null) return 500;
  if ('getStatus' in error && typeof error.getStatus === 'function')
    return Number(Reflect.apply(error.getStatus, error, []));
  return 'statusCode' in error ? Number(error.statusCode) : 500;
};

const refusalOfBroker = (error: unknown): Refusal => {
  const unknown = error instanceof BrokerUnavailable && error.ambiguous;
  const params = unknown ? { variant: 'unknown' } : {};
  return new Refusal('broker-unavailable', 503, { params, retryAfterSeconds });
};

/** What a caller is told of any error: a refusal as it is, a dependency that is away as 503, anything else as 500. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (brokerFailures.some((kind) => error instanceof kind)) return refusalOfBroker(error);
  if (isAway(error)) return new Refusal('unavailable', 503, { retryAfterSeconds });
  return refusalOfStatus(statusOf(error));
};
