import { defaultStringifySearch, useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

const withParams = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** A click that the browser does not open elsewhere: in a tab, in a window, as a file. */
const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/**
 * Goes to another page of the console. Neither `params` nor `query` hold personal data: addresses are logged. The router's
 * own links follow every change of the address; with a thousand of them on a page that is what the page waits for.
 */
export const To = ({
  path,
  params = {},
  query = {},
  current = false,
  children,
  className,
}: {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Whether it leads to what is shown. */
  readonly current?: boolean;
  readonly children: ReactNode;
  readonly className?: string;
}) => {
  const router = useRouter();
  const place = { to: path, params, search: query };
  const prepare = (): void => void router.preloadRoute(place);
  return (
    <a
      href={`${withParams(path, params)}${defaultStringifySearch(query)}`}
      className={className}
      aria-current={current ? 'page' : undefined}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={(event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        void router.navigate(place);
      }}
    >
      {children}
    </a>
  );
};
