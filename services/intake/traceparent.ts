import { fewRandomBytes } from '#runtime/random.js';

const pattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** Says whether a text is a W3C traceparent (Trace Context, section 3.2) that can be continued. */
export const isTraceparent = (text: unknown): text is string =>
  typeof text === 'string' && pattern.test(text);

/** The next step of the trace: a span of our own in the sender's trace, or in a new one where it gave none. */
export const continueTrace = (traceparent: string | null): string => {
  const [, traceId = fewRandomBytes(16).toString('hex'), flags = '01'] =
    pattern.exec(traceparent ?? '') ?? [];
  return `00-${traceId}-${fewRandomBytes(8).toString('hex')}-${flags}`;
};
