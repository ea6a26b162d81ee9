import { queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Right, Role } from '../../people/rights.ts';
import { ask, get } from './ask.ts';

/** Whoever uses the console. */
export interface SessionPerson {
  readonly name: string;
  readonly shown: string;
  readonly roles: readonly Role[];
  /** null: all. */
  readonly tenants: readonly string[] | null;
}

/** Nobody is signed in. */
export interface NoSession {
  readonly person: null;
  readonly canSignIn: boolean;
  readonly sandbox: boolean;
}

export interface LiveSession {
  readonly person: SessionPerson;
  readonly rights: readonly Right[];
  readonly endsAt: string;
  readonly sandbox: boolean;
}

export const sessionKey = ['session'] as const;

/** Who is signed in, as the server says. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => get<LiveSession | NoSession>('session', signal),
  staleTime: Infinity,
});

/** Follows who is signed in. */
export const useSessionQuery = () =>
  useQuery({
    ...sessionQuery,
    // Whoever comes back to the tab learns at once that the session ended meanwhile.
    refetchOnWindowFocus: 'always',
  });

/** The session that the frame was drawn for: its pages stay in sight when it ends. */
export const SessionContext = createContext<LiveSession | null>(null);

/** The session, inside the frame, where somebody is signed in or was until just now. */
export const useSession = (): LiveSession => {
  const session = useContext(SessionContext);
  if (!session) throw new Error('asked for the session where nobody is signed in');
  return session;
};

/** Whether whoever is signed in has the right: what she may not do is not shown. */
export const useMay = (right: Right): boolean => useSession().rights.includes(right);

/** Where to sign in and come back to this page. */
export const signInAddress = (): string =>
  `/sign-in?to=${encodeURIComponent(`${location.pathname}${location.search}`)}`;

/** Ends the session here and at the identity provider. */
export const signOut = async (): Promise<void> => {
  const { to } = await ask<{ readonly to: string }>('/sign-out', { method: 'POST', body: {} });
  location.assign(to);
};
