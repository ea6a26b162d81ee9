import { useQuery } from '@tanstack/react-query';
import type { ReadBody } from '../../../messages/body.ts';
import type { Trace } from '../../../messages/trace.ts';
import { get, post } from '../../api/ask.ts';

export type { ReadBody, Trace };

const addressOf = (tenant: string, id: string): string =>
  `messages/${encodeURIComponent(tenant)}/${encodeURIComponent(id)}`;

const freshMs = 5_000;

/** What becomes of a message; asked again while it has not ended. */
export const useTrace = (tenant: string, id: string) =>
  useQuery({
    queryKey: ['trace', tenant, id],
    queryFn: ({ signal }) => get<Trace>(addressOf(tenant, id), signal),
    refetchInterval: ({ state }) =>
      state.data && ['accepted', 'waiting', 'held'].includes(state.data.status) ? freshMs : false,
  });

/** Reads the body; that it was read is recorded. Throws `ApiProblem`. */
export const readBody = (tenant: string, id: string, reason: string): Promise<ReadBody> =>
  post<ReadBody>(`${addressOf(tenant, id)}/readings`, { reason });

interface Uncovered {
  readonly fields: readonly { readonly pointer: string; readonly value: unknown }[];
}

/** What stands under one mask; recorded. Throws `ApiProblem`. */
export const uncover = async (
  { tenant, id }: { readonly tenant: string; readonly id: string },
  pointer: string,
  reason: string,
): Promise<unknown> => {
  const address = `${addressOf(tenant, id)}/readings/fields`;
  const { fields } = await post<Uncovered>(address, { reason, pointers: [pointer] });
  return fields[0]?.value;
};
