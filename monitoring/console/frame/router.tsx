import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import type { ConsolePage } from '../pages.ts';
import { Loading } from '../parts/states.tsx';
import { Broken, Unknown } from './broken.tsx';
import { Frame } from './frame.tsx';

/** A router over the pages of the list, inside the frame; what a page needs is loaded when it is first opened. */
export const newRouter = (pages: readonly ConsolePage[]) => {
  const root = createRootRoute({ component: Frame, notFoundComponent: Unknown });
  const routes = pages.map(({ path, load }) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: lazyRouteComponent(load, 'Page'),
    }),
  );
  return createRouter({
    routeTree: root.addChildren(routes),
    defaultErrorComponent: Broken,
    defaultPendingComponent: Loading,
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
};
