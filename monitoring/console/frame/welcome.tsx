import { useTranslation } from 'react-i18next';
import { signInAddress, type NoSession } from '../api/session.ts';
import { Settings } from './settings.tsx';

/** Why a sign-in came to nothing, as the server put it into the address. */
const troubles = ['refused', 'no-role', 'too-late', 'provider-away', 'failed'] as const;

const troubleHere = () => {
  const said = new URLSearchParams(location.search).get('sign-in');
  return troubles.find((trouble) => trouble === said) ?? null;
};

/** Where the sign-in begins; a page that was asked for is opened after it. */
const address = (trouble: string | null): string =>
  trouble === null ? signInAddress() : '/sign-in?to=/';

/** What whoever is not signed in sees. */
export const Welcome = ({ session }: { readonly session: NoSession }) => {
  const { t } = useTranslation('frame');
  const trouble = troubleHere();
  return (
    <div className="welcome">
      <header className="bar">
        <span className="brand">LB-bus</span>
        <Settings />
      </header>
      <main>
        <h1>{t('welcome.title')}</h1>
        <p>{t('welcome.words')}</p>
        {trouble && (
          <div className="notice" data-tone="bad" role="alert">
            <strong>{t(`trouble.${trouble}.title`)}</strong>
            <p>{t(`trouble.${trouble}.words`)}</p>
          </div>
        )}
        {session.canSignIn ? (
          <a className="button" data-kind="main" href={address(trouble)}>
            {t('welcome.signIn')}
          </a>
        ) : (
          <div className="notice" data-tone="warn" role="alert">
            {t('welcome.cannot')}
          </div>
        )}
        {session.sandbox && <p className="sandbox">{t('sandbox')}</p>}
      </main>
    </div>
  );
};
