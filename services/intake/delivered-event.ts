import type { Envelope } from '#bus/envelope.js';
import type { MessageType } from '#oslo/catalogue.js';
import type { EventAsSent } from './envelope-rules.js';

/** Address of a context on this deployment: what receivers read instead of the URN. */
const contextAddress = ({ context, type }: MessageType, publicUrl: string): string =>
  `${publicUrl}/v1/contexts/${context}/${type.split('.').at(-1) ?? ''}.jsonld`;

/** W3C Trace Context, section 3.3.1.5: what is longer need not be carried. */
const longestTracestate = 512;

const isTracestate = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= longestTracestate;

/**
 * The CloudEvent that receivers get: as it was sent, with `tenant`, `busid`, the continued `traceparent`, the address of
 * its context and `@id` where the sender left that to `subject`. A malformed `tracestate`, or one without
 * a trace to belong to, is left out.
 */
export const deliveredEvent = (
  event: EventAsSent,
  envelope: Envelope,
  place: {
    readonly messageType: MessageType;
    readonly publicUrl: string;
    readonly traced: boolean;
  },
): Record<string, unknown> => {
  const { tracestate, ...rest } = event;
  return {
    ...rest,
    ...(place.traced && isTracestate(tracestate) && { tracestate }),
    tenant: envelope.tenant,
    busid: envelope.id,
    traceparent: envelope.traceparent,
    data: {
      '@id': envelope.subject,
      ...(event['data'] as object),
      '@context': contextAddress(place.messageType, place.publicUrl),
    },
  };
};
