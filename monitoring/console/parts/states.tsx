import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.ts';
import { problemKey } from '../api/problem-codes.ts';
import { Button } from './button.tsx';

/** While the first answer is awaited; shows after a moment only, so that quick answers do not flicker. */
export const Loading = () => {
  const { t } = useTranslation('parts');
  return (
    <p className="state loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {t('loading')}
    </p>
  );
};

/** Where there is nothing to show: says why, and what to do where something can be done. */
export const Empty = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}) => (
  <div className="state empty">
    <strong>{title}</strong>
    {children}
  </div>
);

/** What went wrong, in words, with the server's own and the number by which its log can be searched. */
export const Failed = ({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: (() => void) | undefined;
}) => {
  const { t } = useTranslation('parts');
  const problem = asProblem(error);
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>{t(`problems.${problemKey(problem.code)}`)}</strong>
      {problem.message !== '' && <p>{problem.message}</p>}
      {problem.places.length > 0 && (
        <ul>
          {problem.places.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              {pointer !== '' && <code>{pointer}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
      {problem.instance && (
        <p className="fine">
          {t('instance')} <code>{problem.instance.replace('urn:uuid:', '')}</code>
        </p>
      )}
      {again && <Button onPress={again}>{t('again')}</Button>}
    </div>
  );
};

/** What a query answers, or that it is awaited, or why there is no answer. What was answered before stays in sight. */
export const Answer = <T,>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (answer: T) => ReactNode;
}) => {
  const { data, error, refetch } = query;
  if (data === undefined)
    return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
  return (
    <>
      {error && <Failed error={error} again={() => void refetch()} />}
      {children(data)}
    </>
  );
};
