import type { DeliveryMetrics } from '#runtime/metrics.js';
import type { Line } from './line.js';

/** How a request ended, from the HTTP status or the code of the failure that was observed. */
type RequestStatus = 'ok' | 'refused' | 'failed' | 'none';

const requestStatusOf = (observed: string): RequestStatus => {
  const status = /^[1-5]\d\d$/.test(observed) ? Number(observed) : null;
  if (status === null) return 'none';
  if (status < 300) return 'ok';
  return status < 500 ? 'refused' : 'failed';
};

/** Counts a request of the line. */
export const countRequest = (
  { externalRequests }: Pick<DeliveryMetrics, 'externalRequests'>,
  { tenant, target }: Line,
  { status }: { readonly status: string },
): void => externalRequests.inc({ tenant, connector: target, status: requestStatusOf(status) });
