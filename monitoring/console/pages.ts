import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Right } from '../people/rights.ts';
import { sessionQuery, type LiveSession } from './api/session.ts';
import { askOverview } from './pages/overzicht/queries.ts';

/** A page of the console. */
export interface ConsolePage {
  /** Names its folder, its file of texts (whose `name` stands in the navigation) and its picture in docs/console. */
  readonly key: string;
  /** `$name` is a parameter. Holds no personal data, nor does its query. */
  readonly path: string;
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Asks the server for what the page shows, when the console is opened at it: the answer comes beside its program. */
  readonly ask?: (
    client: QueryClient,
    session: LiveSession,
    query: Readonly<Partial<Record<string, string>>>,
  ) => Promise<void>;
  /** Without it the page is not shown; the server refuses by itself. */
  readonly right: Right;
  /** Whether it stands in the navigation; else others link to it. */
  readonly listed: boolean;
}

/** Every page, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [
  {
    key: 'overzicht',
    path: '/',
    load: () => import('./pages/overzicht/page.tsx'),
    ask: askOverview,
    right: 'see',
    listed: true,
  },
  {
    key: 'kaart',
    path: '/kaart',
    load: () => import('./pages/kaart/page.tsx'),
    right: 'see',
    listed: true,
  },
  {
    key: 'geparkeerd',
    path: '/geparkeerd',
    load: () => import('./pages/geparkeerd/page.tsx'),
    right: 'see',
    listed: true,
  },
  {
    key: 'wachtend',
    path: '/wachtend',
    load: () => import('./pages/wachtend/page.tsx'),
    right: 'see',
    listed: true,
  },
  {
    key: 'tenants',
    path: '/tenants',
    load: () => import('./pages/tenants/page.tsx'),
    right: 'see',
    listed: true,
  },
  {
    key: 'tenant',
    path: '/tenants/$tenant',
    load: () => import('./pages/tenant/page.tsx'),
    right: 'see',
    listed: false,
  },
  {
    key: 'inrichten',
    path: '/inrichten',
    load: () => import('./pages/inrichten/page.tsx'),
    right: 'configure',
    listed: false,
  },
  {
    key: 'gebruik',
    path: '/gebruik',
    load: () => import('./pages/gebruik/page.tsx'),
    right: 'see-usage',
    listed: true,
  },
  {
    key: 'berichten',
    path: '/berichten',
    load: () => import('./pages/berichten/page.tsx'),
    right: 'see',
    listed: true,
  },
  {
    key: 'bericht',
    path: '/berichten/$tenant/$id',
    load: () => import('./pages/bericht/page.tsx'),
    right: 'see',
    listed: false,
  },
  {
    key: 'handelingen',
    path: '/handelingen',
    load: () => import('./pages/handelingen/page.tsx'),
    right: 'see-acts',
    listed: true,
  },
];

const matches = (path: string, pathname: string): boolean => {
  const parts = pathname.split('/');
  const wanted = path.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, index) => part.startsWith('$') || part === parts[index])
  );
};

/** Begins to fetch what the console needs to open there; what fails is told by who asks for it again. */
export const openAt = async (
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  client: QueryClient,
): Promise<void> => {
  const page = pages.find(({ path }) => matches(path, pathname));
  page?.load().catch(() => undefined);
  const session = await client.query(sessionQuery);
  if (session.person)
    await page?.ask?.(client, session, Object.fromEntries(new URLSearchParams(search)));
};
