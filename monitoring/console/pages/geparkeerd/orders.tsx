import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import { OrderBar } from './order-bar.tsx';
import { useOrders, type ListedOrder } from './queries.ts';

const tones: Readonly<Record<ListedOrder['state'], Tone>> = {
  planned: 'idle',
  running: 'busy',
  paused: 'warn',
  stopped: 'bad',
  cancelled: 'idle',
  done: 'good',
};

/** How an order stands. */
export const OrderState = ({ state }: Pick<ListedOrder, 'state'>) => {
  const { t } = useTranslation('geparkeerd');
  return <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>;
};

const useColumns = (): readonly Column<ListedOrder>[] => {
  const { t } = useTranslation('geparkeerd');
  return [
    {
      key: 'act',
      head: t('columns.order'),
      rowHead: true,
      cell: ({ id, act, reason }) => (
        <>
          <To path="/geparkeerd" query={{ order: id }}>
            {t(`acts.${act}`)}
          </To>
          <p className="fine clamped">{reason}</p>
        </>
      ),
    },
    { key: 'state', head: t('columns.state'), cell: ({ state }) => <OrderState state={state} /> },
    {
      key: 'progress',
      head: t('columns.progress'),
      cell: (order) => <OrderBar order={order} />,
    },
    {
      key: 'who',
      head: t('columns.who'),
      cell: ({ operator, createdAt }) => (
        <>
          {operator}
          <p className="fine">
            <Moment at={createdAt} ago />
          </p>
        </>
      ),
    },
  ];
};

/** What operators ordered last about parked messages, and how far it is. */
export const Orders = () => {
  const { t } = useTranslation('geparkeerd');
  const columns = useColumns();
  return (
    <Section title={t('orders')}>
      <Answer query={useOrders()}>
        {(orders) =>
          orders.length === 0 ? (
            <Empty title={t('noOrders')} />
          ) : (
            <Table label={t('orders')} columns={columns} rows={orders} rowKey={({ id }) => id} />
          )
        }
      </Answer>
    </Section>
  );
};
