import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The parameters in the path of this page. */
export const usePathParams = (): Readonly<Partial<Record<string, string>>> =>
  useParams({ strict: false });

/**
 * What the query of the address says, as texts, and the way to change it: what is undefined or empty is taken out. So the
 * state of a page can be linked to and comes back with the back button. Never for personal data.
 */
export const useQueryPlace = (): readonly [
  Readonly<Partial<Record<string, string>>>,
  (changes: Readonly<Record<string, string | undefined>>) => void,
] => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>): void => {
      const next = (before: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(
          Object.entries({ ...before, ...changes }).filter(
            ([, value]) => value !== undefined && value !== '',
          ),
        );
      void navigate({ to: '.', search: next, state: true, replace: true });
    },
    [navigate],
  );
  const texts = Object.fromEntries(
    Object.entries(search).map(([name, value]) => [name, String(value)]),
  );
  return [texts, change];
};
