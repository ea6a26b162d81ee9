import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live.ts';
import { LiveSign } from './live-sign.tsx';
import { Navigation } from './navigation.tsx';
import { PersonMenu } from './person-menu.tsx';
import { Settings } from './settings.tsx';

/** After going to another page the keyboard and the screen reader stand at its title. */
const useFocusOnTitle = (): void => {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (path === undefined) return;
    if (!first.current) document.querySelector<HTMLElement>('main h1')?.focus();
    first.current = false;
    globalThis.scrollTo(0, 0);
  }, [path]);
};

const skipToContent = (): void => document.querySelector<HTMLElement>('main')?.focus();

/** What stands around every page: where one can go, who one is, and whether what is shown is live. */
export const Frame = () => {
  const { t } = useTranslation('frame');
  const [open, setOpen] = useState(false);
  useLive();
  useFocusOnTitle();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    const close = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setOpen(false);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, []);
  return (
    <div className="frame" data-open={open}>
      <button type="button" className="skip" onClick={skipToContent}>
        {t('skip')}
      </button>
      <header className="bar">
        <button
          type="button"
          className="drawer-button"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true" className="drawer-icon" />
          {t('menu')}
        </button>
        <span className="brand">LB-bus</span>
        <LiveSign />
        <Settings />
        <PersonMenu />
      </header>
      <Navigation />
      <div className="veil" aria-hidden="true" onClick={() => setOpen(false)} />
      <main tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
};
