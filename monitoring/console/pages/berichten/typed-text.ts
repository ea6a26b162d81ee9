import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

const textIn = (state: object): string => {
  const text: unknown = Reflect.get(state, 'text');
  return typeof text === 'string' ? text : '';
};

/**
 * What was typed, kept with this entry of the browser's history: it comes back with the back button and stands in no
 * address.
 */
export const useTypedText = (): readonly [string, (text: string) => void] => {
  const text = useLocation({ select: ({ state }) => textIn(state) });
  const navigate = useNavigate();
  const change = useCallback(
    (next: string): void => {
      void navigate({
        to: '.',
        search: true,
        state: (before) => ({ ...before, text: next }),
        replace: true,
      });
    },
    [navigate],
  );
  return [text, change];
};
