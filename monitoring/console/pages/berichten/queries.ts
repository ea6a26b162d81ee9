import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { NamedType } from '../../../messages/messages.controller.ts';
import type { Found } from '../../../messages/search.ts';
import { get, post } from '../../api/ask.ts';

/** What a list of messages is cut to; stands in the address. */
export interface Filters {
  readonly tenant?: string | undefined;
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly target?: string | undefined;
  readonly outcome?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const freshMs = 10_000;

const given = (wish: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wish).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );

/** A day of the calendar here as the moment at which it begins, `days` later. */
const dayBegins = (day: string | undefined, days = 0): string | undefined => {
  if (!day) return undefined;
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + days);
  return moment.toISOString();
};

/** Finds messages; asked in a body, as what is typed may say something of a person. */
export const useFound = (filters: Filters, text: string) =>
  useInfiniteQuery({
    queryKey: ['found', filters, text],
    queryFn: ({ pageParam }) =>
      post<Found>('messages/searches', {
        ...given({
          ...filters,
          since: dayBegins(filters.since),
          until: dayBegins(filters.until, 1),
          text,
          cursor: pageParam,
        }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    // Whoever reads on is not disturbed.
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? freshMs : false),
  });

/** The types of message, with their names. */
export const useTypes = () =>
  useQuery({
    queryKey: ['types'],
    queryFn: ({ signal }) =>
      get<{ readonly types: readonly NamedType[] }>('messages/types', signal),
    staleTime: Infinity,
    select: ({ types }) => types,
  });

/** What a type is called in the language; the type itself where nobody knows it. */
export const useTypeName = (): ((type: string, language: string) => string) => {
  const { data = [] } = useTypes();
  return (type, language) => {
    const title: Readonly<Record<string, string>> | undefined = data.find(
      (one) => one.type === type,
    )?.title;
    return title?.[language] ?? type.replace(/^be\.lbbus\./, '');
  };
};
