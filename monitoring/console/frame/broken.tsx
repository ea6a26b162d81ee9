import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Failed } from '../parts/states.tsx';
import { Page } from '../parts/page.tsx';
import { To } from '../parts/to.tsx';

/** In the place of a page that broke: the frame around it goes on. */
export const Broken = ({ error, reset }: ErrorComponentProps) => (
  <div className="page">
    <Failed error={error} again={reset} />
  </div>
);

/** At an address that is no page. */
export const Unknown = () => {
  const { t } = useTranslation('frame');
  return (
    <Page title={t('unknown.title')}>
      <p>
        {t('unknown.words')} <To path="/">{t('unknown.home')}</To>
      </p>
    </Page>
  );
};
