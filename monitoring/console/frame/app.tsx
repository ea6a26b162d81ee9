import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { onSessionEnd } from '../api/ask.ts';
import { asProblem } from '../api/problem.ts';
import { SessionContext, sessionKey, useSessionQuery, type LiveSession } from '../api/session.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { pages } from '../pages.ts';
import { Ended } from './ended.tsx';
import { newRouter } from './router.tsx';
import { Welcome } from './welcome.tsx';

const mostTries = 2;

/** Asks the server: what is only a hiccup is asked again; what it refused is not. */
export const newClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => {
          const { status } = asProblem(error);
          return failures < mostTries && (status === 0 || status === 503);
        },
        retryDelay: (failures) => 500 * 2 ** failures,
      },
    },
  });

/** The pages of whoever is signed in; when the session ends in the middle, they stay in sight behind the question. */
const SignedIn = ({ ended }: { readonly ended: boolean }) => {
  const [router] = useState(() => newRouter(pages));
  return (
    <>
      <div className="whole" inert={ended}>
        <RouterProvider router={router} />
      </div>
      {ended && <Ended />}
    </>
  );
};

const Session = () => {
  const { data, error, refetch } = useSessionQuery();
  const [before, setBefore] = useState<LiveSession | null>(null);
  useEffect(() => {
    if (data?.person) setBefore(data);
  }, [data]);
  const session = data?.person ? data : before;
  if (session)
    return (
      <SessionContext value={session}>
        <SignedIn ended={!data?.person} />
      </SessionContext>
    );
  if (data && !data.person) return <Welcome session={data} />;
  if (error) return <Failed error={error} again={() => void refetch()} />;
  return <Loading />;
};

/** The console. */
export const App = ({ client }: { readonly client: QueryClient }) => {
  useEffect(
    () => onSessionEnd(() => void client.invalidateQueries({ queryKey: sessionKey })),
    [client],
  );
  return (
    <QueryClientProvider client={client}>
      <Session />
    </QueryClientProvider>
  );
};
