import type { ReactNode } from 'react';
import { To } from '../../parts/to.tsx';

/** Goes where a link of the server leads, such as `/wachtend?tenant=aalter`; plain words where it leads nowhere. */
export const Way = ({
  link,
  children,
  className,
}: {
  readonly link: string | null;
  readonly children: ReactNode;
  readonly className?: string;
}) => {
  if (link === null) return <span className={className}>{children}</span>;
  const [path = '/', query = ''] = link.split('?');
  return (
    <To
      path={path}
      query={Object.fromEntries(new URLSearchParams(query))}
      {...(className !== undefined && { className })}
    >
      {children}
    </To>
  );
};
