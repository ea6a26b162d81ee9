import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { pages } from '../pages.ts';

/** The pages that whoever is signed in may see. */
export const Navigation = () => {
  const { t } = useTranslation('frame');
  const { rights, sandbox } = useSession();
  const listed = pages.filter(({ listed, right }) => listed && rights.includes(right));
  return (
    <nav id="navigation" className="side" aria-label={t('navigation')}>
      <ul>
        {listed.map(({ key, path }) => (
          <li key={key}>
            <Link to={path} activeOptions={{ exact: path === '/', includeSearch: false }}>
              {t('name', { ns: key })}
            </Link>
          </li>
        ))}
      </ul>
      {sandbox && <p className="sandbox">{t('sandbox')}</p>}
    </nav>
  );
};
