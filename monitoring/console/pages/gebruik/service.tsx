import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge.tsx';
import { Duration } from '../../parts/figures.tsx';
import type { TenantRow } from './queries.ts';
import { percentText } from './words.tsx';

/** Whether what was agreed was kept, in words too. */
const Kept = ({ kept }: { readonly kept: boolean | null }) => {
  const { t } = useTranslation('gebruik');
  if (kept === null) return null;
  return <Badge tone={kept ? 'good' : 'bad'}>{t(kept ? 'kept' : 'missed')}</Badge>;
};

type Served = Pick<TenantRow, 'availabilityPercent' | 'kept' | 'criticalTime'>;

/** For what share of the time it went on. */
export const Availability = ({ availabilityPercent, kept }: Served) => {
  const { i18n } = useTranslation();
  return (
    <span className="served">
      <span className="count">{percentText(availabilityPercent, i18n.language)}</span>
      <Kept kept={kept.availability} />
    </span>
  );
};

/** Within what time 95 % was delivered. */
export const Critical = ({ criticalTime, kept }: Served) => (
  <span className="served">
    {criticalTime.p95Ms === null ? '–' : <Duration ms={criticalTime.p95Ms} />}
    <Kept kept={kept.criticalTime} />
  </span>
);
