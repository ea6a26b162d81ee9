import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge.tsx';
import { Moment } from '../../parts/figures.tsx';
import type { Column } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import type { ParkedMessage } from './queries.ts';

interface Choosing {
  readonly chosen: readonly ParkedMessage[];
  readonly keyOf: (message: ParkedMessage) => string;
  readonly onChoose: (chosen: readonly ParkedMessage[]) => void;
}

/** Why a message is parked, and that an order is about it. */
const Why = ({ detail, order }: Pick<ParkedMessage, 'detail' | 'order'>) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <>
      {detail}
      {order !== null && (
        <p>
          <Badge tone="busy">{t('inOrder')}</Badge>
        </p>
      )}
    </>
  );
};

/** Columns of the messages of a group; each can be chosen. */
export const useMessageColumns = ({
  chosen,
  keyOf,
  onChoose,
}: Choosing): readonly Column<ParkedMessage>[] => {
  const { t } = useTranslation('geparkeerd');
  const isChosen = (message: ParkedMessage): boolean =>
    chosen.some((one) => keyOf(one) === keyOf(message));
  const turn = (message: ParkedMessage): void => {
    const others = chosen.filter((one) => keyOf(one) !== keyOf(message));
    onChoose(isChosen(message) ? others : [...others, message]);
  };
  return [
    {
      key: 'choose',
      head: t('columns.choose'),
      cell: (message) => (
        <input
          type="checkbox"
          className="choose"
          checked={isChosen(message)}
          aria-label={t('choose', { message: message.senderId ?? message.id })}
          onChange={() => turn(message)}
        />
      ),
    },
    {
      key: 'message',
      head: t('columns.message'),
      rowHead: true,
      cell: (message) => (
        <To path="/geparkeerd" query={{ message: keyOf(message) }}>
          {message.senderId ?? message.id}
        </To>
      ),
    },
    {
      key: 'line',
      head: t('columns.line'),
      cell: ({ tenant, target }) => `${tenant} · ${target}`,
    },
    {
      key: 'detail',
      head: t('columns.why'),
      cell: ({ detail, order }) => <Why detail={detail} order={order} />,
    },
    {
      key: 'parked',
      head: t('columns.parked'),
      cell: ({ parkedAt }) => <Moment at={parkedAt} ago />,
    },
  ];
};
