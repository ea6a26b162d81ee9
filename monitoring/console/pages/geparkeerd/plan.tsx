import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { Count, durationText, Moment } from '../../parts/figures.tsx';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import type { Order } from './queries.ts';

type Planned = NonNullable<Order['plan']>;
type Line = Planned['lines'][number];

const tones: Readonly<Record<Line['fate'], Tone>> = {
  goes: 'good',
  waits: 'warn',
  skipped: 'idle',
};

const warnings = ['uncertain', 'conflicts', 'inOtherOrders'] as const;

const Figures = ({ order, plan }: { readonly order: Order; readonly plan: Planned }) => {
  const { t, i18n } = useTranslation('geparkeerd');
  const facts = [
    [t('plan.messages'), <Count key="m" value={plan.messages} />],
    [t('plan.subjects'), <Count key="s" value={plan.subjects} />],
    [t('plan.from'), <Moment key="f" at={plan.oldestAt} />],
    [t('plan.to'), <Moment key="t" at={plan.newestAt} />],
    [t('plan.rate'), t('plan.perSecond', { count: order.ratePerSecond })],
    [t('plan.takes'), durationText(plan.estimatedSeconds * 1_000, i18n.language)],
    [t('plan.stops'), t('plan.stopsAt', { percent: order.stopAtFailurePercent })],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const useColumns = (act: Order['act']): readonly Column<Line>[] => {
  const { t } = useTranslation('geparkeerd');
  return [
    {
      key: 'line',
      head: t('columns.line'),
      rowHead: true,
      cell: ({ tenant, target }) => `${tenant} · ${target}`,
    },
    { key: 'type', head: t('columns.type'), cell: ({ type }) => <code>{type}</code> },
    { key: 'code', head: t('columns.code'), cell: ({ code }) => <code>{code}</code> },
    {
      key: 'count',
      head: t('columns.messages'),
      number: true,
      cell: ({ messages }) => <Count value={messages} />,
    },
    {
      key: 'fate',
      head: t('columns.fate'),
      cell: ({ fate, why }) => (
        <>
          <Badge tone={tones[fate]}>{t(fate === 'goes' ? `goes.${act}` : `fates.${fate}`)}</Badge>
          {why !== null && <p className="fine">{t(`whys.${why}`)}</p>}
        </>
      ),
    },
  ];
};

/** What an order would do, were it started now: a dry run over a selection that is frozen. Nothing has changed yet. */
export const Plan = ({ order, plan }: { readonly order: Order; readonly plan: Planned }) => {
  const { t } = useTranslation('geparkeerd');
  const columns = useColumns(order.act);
  return (
    <Section title={t('plan.title')}>
      <p>{t(`plan.words.${order.act}`)}</p>
      <div className="card">
        <Figures order={order} plan={plan} />
      </div>
      {warnings
        .filter((name) => plan[name] > 0)
        .map((name) => (
          <p key={name} className="notice" data-tone="warn">
            {t(`plan.${name}`, { count: plan[name] })}
          </p>
        ))}
      <Table
        label={t('plan.title')}
        columns={columns}
        rows={plan.lines}
        rowKey={({ tenant, target, code, type }) => `${tenant} ${target} ${code} ${type}`}
      />
    </Section>
  );
};
