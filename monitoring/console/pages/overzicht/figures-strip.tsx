import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../health/overview.ts';
import { Count } from '../../parts/figures.tsx';
import { Answer } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { useFigures } from './queries.ts';
import { Sparkline } from './sparkline.tsx';

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

const Figure = ({
  name,
  value,
  counts,
  to,
  tone = 'idle',
}: {
  readonly name: string;
  readonly value: number;
  readonly counts?: readonly number[];
  readonly to?: string | undefined;
  readonly tone?: 'idle' | 'warn' | 'bad';
}) => {
  const number: ReactNode = <Count value={value} short />;
  return (
    <div className="figure" data-tone={value > 0 ? tone : 'idle'}>
      <dt>{name}</dt>
      <dd>
        {to !== undefined && value > 0 ? <To path={to}>{number}</To> : number}
        {counts && <Sparkline counts={counts} />}
      </dd>
    </div>
  );
};

const Strip = ({ figures, linked }: { readonly figures: Figures; readonly linked: boolean }) => {
  const { t } = useTranslation('overzicht');
  const { counts, hour } = figures;
  const to = (path: string): string | undefined => (linked ? path : undefined);
  return (
    <dl className="figures">
      <Figure name={t('figures.accepted')} value={sum(hour.accepted)} counts={hour.accepted} />
      <Figure name={t('figures.delivered')} value={sum(hour.delivered)} counts={hour.delivered} />
      <Figure name={t('figures.day')} value={counts.delivered} />
      <Figure name={t('figures.queued')} value={counts.queued} />
      <Figure
        name={t('figures.waiting')}
        value={counts.waiting + counts.held}
        to={to('/wachtend')}
        tone="warn"
      />
      <Figure name={t('figures.parked')} value={counts.parked} to={to('/geparkeerd')} tone="bad" />
    </dl>
  );
};

/** How much there is of everything. `usage`: for those who see nothing else; then it leads nowhere. */
export const FiguresStrip = ({ usage = false }: { readonly usage?: boolean }) => {
  const query = useFigures(usage);
  return <Answer query={query}>{(figures) => <Strip figures={figures} linked={!usage} />}</Answer>;
};
