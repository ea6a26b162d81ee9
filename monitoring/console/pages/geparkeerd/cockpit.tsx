import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { durationText, Moment } from '../../parts/figures.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Answer } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import { OrderBar } from './order-bar.tsx';
import { OrderState } from './orders.tsx';
import { Plan } from './plan.tsx';
import { useOrder, type Order } from './queries.ts';
import { Steering } from './steering.tsx';

type Outcome = Order['outcomes'][number];
type Action = Order['actions'][number];

const Outcomes = ({ outcomes }: Pick<Order, 'outcomes'>) => {
  const { t } = useTranslation('geparkeerd');
  const columns: readonly Column<Outcome>[] = [
    {
      key: 'line',
      head: t('columns.line'),
      rowHead: true,
      cell: ({ tenant, target }) => `${tenant} · ${target}`,
    },
    { key: 'state', head: t('columns.outcome'), cell: ({ state }) => t(`outcomes.${state}`) },
    { key: 'code', head: t('columns.code'), cell: ({ code }) => code && <code>{code}</code> },
    { key: 'count', head: t('columns.messages'), number: true, cell: ({ messages }) => messages },
  ];
  return (
    <Section title={t('whatBecame')}>
      <Table
        label={t('whatBecame')}
        columns={columns}
        rows={outcomes}
        rowKey={({ tenant, target, state, code }) => `${tenant} ${target} ${state} ${code ?? ''}`}
      />
    </Section>
  );
};

const Actions = ({ actions }: Pick<Order, 'actions'>) => {
  const { t } = useTranslation('geparkeerd');
  const columns: readonly Column<Action>[] = [
    { key: 'at', head: t('columns.at'), rowHead: true, cell: ({ at }) => <Moment at={at} /> },
    { key: 'who', head: t('columns.who'), cell: ({ operator }) => operator },
    {
      key: 'act',
      head: t('columns.did'),
      cell: ({ action }) => t(`did.${action.split('-')[0] ?? ''}`),
    },
    { key: 'why', head: t('columns.why'), cell: ({ reason }) => reason },
  ];
  return (
    <Section title={t('whoDid')}>
      <Table
        label={t('whoDid')}
        columns={columns}
        rows={actions}
        rowKey={({ at, action }) => `${at} ${action}`}
      />
    </Section>
  );
};

const Progress = ({ order }: { readonly order: Order }) => {
  const { t, i18n } = useTranslation('geparkeerd');
  const { secondsLeft, note, progress } = order;
  return (
    <div className="card cockpit" aria-live="polite">
      <div className="row">
        <OrderState state={order.state} />
        {secondsLeft !== null && secondsLeft > 0 && (
          <span>{t('left', { time: durationText(secondsLeft * 1_000, i18n.language) })}</span>
        )}
        {order.act === 'replay' && (
          <span className="fine">
            {t('pace', { rate: order.ratePerSecond, percent: order.stopAtFailurePercent })}
          </span>
        )}
      </div>
      <OrderBar order={order} />
      {progress.retrying > 0 && <p>{t('retrying', { count: progress.retrying })}</p>}
      {note !== null && <p className="fine">{note}</p>}
    </div>
  );
};

/** What is parked is other than it was whenever an order begins, stands still or ends. */
const useParkedAgain = (state: Order['state'] | undefined): void => {
  const client = useQueryClient();
  useEffect(() => void client.invalidateQueries({ queryKey: ['parked'] }), [client, state]);
};

/** One order: first what would happen, then how far it is; what it is doing goes on when this page is left. */
export const Cockpit = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('geparkeerd');
  const query = useOrder(id);
  const acts = useMay('act');
  useParkedAgain(query.data?.state);
  const act = query.data ? t(`acts.${query.data.act}`) : t('order');
  return (
    <Page title={act} lead={query.data?.reason} actions={<To path="/geparkeerd">{t('back')}</To>}>
      <Answer query={query}>
        {(order) => (
          <>
            {order.plan ? <Plan order={order} plan={order.plan} /> : <Progress order={order} />}
            {acts && <Steering order={order} />}
            {order.outcomes.length > 0 && <Outcomes outcomes={order.outcomes} />}
            <Actions actions={order.actions} />
          </>
        )}
      </Answer>
    </Page>
  );
};
