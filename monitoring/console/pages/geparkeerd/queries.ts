import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ParkedGroup } from '../../../operators/parked/groups.ts';
import type { searchParked } from '../../../operators/parked/messages.ts';
import type { readOrder, readOrders } from '../../../operators/parked/orders.ts';
import { get, queryOf } from '../../api/ask.ts';

/** An order with all that is known of it. */
export type Order = Awaited<ReturnType<typeof readOrder>>;

/** An order in a list. */
export type ListedOrder = Awaited<ReturnType<typeof readOrders>>[number];

type ParkedPage = Awaited<ReturnType<typeof searchParked>>;

export type ParkedMessage = ParkedPage['messages'][number];

/** Hints tell of changes; time alone changes how long ago things were. */
const seldomMs = 30_000;
/** While an order runs its numbers change with each message. */
const oftenMs = 1_000;
const pageSize = 50;

/** What is parked, by cause. */
export const useGroups = (selection: { readonly tenant?: string; readonly group?: string }) =>
  useQuery({
    queryKey: ['parked', 'groups', selection],
    queryFn: ({ signal }) =>
      get<{ readonly groups: readonly ParkedGroup[] }>(`parked${queryOf(selection)}`, signal),
    refetchInterval: seldomMs,
    select: ({ groups }) => groups,
  });

/** The messages of a group, the newest first, a page at a time. */
export const useGroupMessages = (selection: { readonly tenant?: string; readonly group: string }) =>
  useInfiniteQuery({
    queryKey: ['parked', 'messages', selection],
    queryFn: ({ signal, pageParam }) =>
      get<ParkedPage>(
        `parked/messages${queryOf({ ...selection, cursor: pageParam, limit: pageSize })}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Where a parked message lies. */
export interface Place {
  readonly tenant: string;
  readonly target: string;
  readonly message: string;
}

/** One parked message; null where it is not parked there (any more). */
export const useParkedMessage = (place: Place) =>
  useQuery({
    queryKey: ['parked', 'message', place],
    queryFn: ({ signal }) => get<ParkedPage>(`parked/messages${queryOf({ ...place })}`, signal),
    select: ({ messages }) => messages[0] ?? null,
  });

const moves = ({ state, progress }: ListedOrder): boolean =>
  state === 'running' || (state !== 'planned' && progress.released > 0);

/** The orders, the latest first. */
export const useOrders = () =>
  useQuery({
    queryKey: ['orders', 'list'],
    queryFn: ({ signal }) =>
      get<{ readonly orders: readonly ListedOrder[] }>('orders?limit=10', signal),
    refetchInterval: ({ state }) => (state.data?.orders.some(moves) ? oftenMs : seldomMs),
    select: ({ orders }) => orders,
  });

/** One order, followed for as long as something of it moves. */
export const useOrder = (id: string) =>
  useQuery({
    queryKey: ['orders', id],
    queryFn: ({ signal }) => get<Order>(`orders/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => (state.data && moves(state.data) ? oftenMs : seldomMs),
  });
