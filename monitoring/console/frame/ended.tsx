import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { signInAddress } from '../api/session.ts';

/** Over the page on which a session ended: what stood there can still be read, not used. */
export const Ended = () => {
  const { t } = useTranslation('frame');
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus(), []);
  return (
    <div className="over">
      <div className="dialog" role="alertdialog" aria-modal="true" aria-labelledby="ended">
        <h2 id="ended">{t('ended.title')}</h2>
        <p>{t('ended.words')}</p>
        <div className="dialog-acts">
          <a ref={link} className="button" data-kind="main" href={signInAddress()}>
            {t('ended.signIn')}
          </a>
        </div>
      </div>
    </div>
  );
};
