import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, useSession } from '../api/session.ts';

/** Who is signed in, as what, and the way out. */
export const PersonMenu = () => {
  const { t } = useTranslation('frame');
  const { person } = useSession();
  const [leaving, setLeaving] = useState(false);
  const leave = (): void => {
    setLeaving(true);
    signOut().catch(() => location.assign('/'));
  };
  const roles = person.roles.map((role) => t(`roles.${role}`)).join(', ');
  return (
    <div className="person">
      <span className="person-words">
        <strong>{person.shown}</strong>
        <span>
          {roles}
          {person.tenants && ` · ${person.tenants.join(', ')}`}
        </span>
      </span>
      <button type="button" className="button" onClick={leave} disabled={leaving}>
        {t('signOut')}
      </button>
    </div>
  );
};
