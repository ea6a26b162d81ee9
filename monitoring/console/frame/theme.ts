import { useState } from 'react';

/** `system` follows what the device asks for. */
export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

const kept = 'lbbus.theme';

const current = (): Theme => {
  const stored = localStorage.getItem(kept);
  return themes.find((theme) => theme === stored) ?? 'system';
};

/** Shows the theme that was chosen before. */
export const showTheme = (): void => {
  document.documentElement.dataset['theme'] = current();
};

/** The theme, and the way to choose another. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState(current);
  const choose = (next: Theme): void => {
    localStorage.setItem(kept, next);
    showTheme();
    setTheme(next);
  };
  return [theme, choose];
};
