import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../api/session.ts';
import { Page as Frame } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { To } from '../../parts/to.tsx';
import { AllTenants } from './all-tenants.tsx';
import { FiguresStrip } from './figures-strip.tsx';
import { OneTenant } from './one-tenant.tsx';
import { tenantShown } from './queries.ts';
import './overzicht.css';

const Totals = () => {
  const { t } = useTranslation('overzicht');
  return (
    <Frame
      title={t('title')}
      lead={t('lead.usage')}
      actions={<To path="/gebruik">{t('toUsage')}</To>}
    >
      <FiguresStrip usage />
    </Frame>
  );
};

/** How every tenant is and why; of somebody who has one tenant, that one; for the board the figures alone. */
export const Page = () => {
  const session = useSession();
  const sees = useMay('see');
  const [place] = useQueryPlace();
  if (!sees) return <Totals />;
  const shown = tenantShown(session, place);
  return shown === undefined ? <AllTenants /> : <OneTenant id={shown} />;
};
