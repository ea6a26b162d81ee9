import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Goes to another page of the console. Neither `params` nor `query` hold personal data: addresses are logged. */
export const To = ({
  path,
  params = {},
  query = {},
  children,
  className,
}: {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly children: ReactNode;
  readonly className?: string;
}) => (
  <Link to={path} params={params} search={query} {...(className !== undefined && { className })}>
    {children}
  </Link>
);
