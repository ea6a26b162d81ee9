import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import type { Order } from './queries.ts';

/** Which messages an order is about: a group of cause, or these of it. */
export interface OrderSelection {
  readonly tenant?: string;
  readonly target?: string;
  readonly group?: string;
  readonly messages?: readonly string[];
}

/** Plans an order: nothing happens yet, its page tells what would. */
export const OrderDialog = ({
  act,
  selection,
  count,
  onClose,
}: {
  readonly act: 'replay' | 'discard';
  readonly selection: OrderSelection;
  readonly count: number;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  const navigate = useNavigate();
  const [rate, setRate] = useState('10');
  const [stop, setStop] = useState('20');
  const pace =
    act === 'replay' ? { ratePerSecond: Number(rate), stopAtFailurePercent: Number(stop) } : {};
  const plan = async (reason: string): Promise<void> => {
    const order = await post<Order>('orders', { act, selection, reason, ...pace });
    await navigate({ to: '/geparkeerd', search: { order: order.id } });
  };
  return (
    <ReasonDialog
      title={t(`ask.${act}`, { count })}
      act={t('dryRun')}
      onAct={plan}
      onClose={onClose}
    >
      <p>{t(`askWords.${act}`)}</p>
      {act === 'replay' && (
        <div className="filters">
          <Field
            name={t('rate.name')}
            hint={t('rate.hint')}
            type="number"
            value={rate}
            onChange={setRate}
          />
          <Field
            name={t('stop.name')}
            hint={t('stop.hint')}
            type="number"
            value={stop}
            onChange={setStop}
          />
        </div>
      )}
    </ReasonDialog>
  );
};
