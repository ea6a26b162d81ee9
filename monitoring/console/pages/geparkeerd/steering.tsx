import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { Button } from '../../parts/button.tsx';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { Failed } from '../../parts/states.tsx';
import type { Order } from './queries.ts';

type Verb = 'start' | 'pause' | 'resume' | 'cancel';

const possible: Readonly<Record<Order['state'], readonly Verb[]>> = {
  planned: ['start', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  stopped: ['resume', 'cancel'],
  cancelled: [],
  done: [],
};

const kindOf = (verb: Verb, act: Order['act']) => {
  if (verb === 'cancel') return 'plain';
  return verb === 'start' && act === 'discard' ? 'danger' : 'main';
};

/** Starts, pauses, resumes or cancels an order. A start was explained with the plan; the others ask why. */
export const Steering = ({ order }: { readonly order: Order }) => {
  const { t } = useTranslation('geparkeerd');
  const client = useQueryClient();
  const [asked, setAsked] = useState<Verb | null>(null);
  const steer = async (verb: Verb, reason: string): Promise<void> => {
    const next = await post<Order>(`orders/${order.id}/${verb}`, { reason });
    client.setQueryData(['orders', order.id], next);
  };
  const start = useMutation({ mutationFn: () => steer('start', order.reason) });
  return (
    <>
      <div className="row">
        {possible[order.state].map((verb) => (
          <Button
            key={verb}
            kind={kindOf(verb, order.act)}
            busy={verb === 'start' && start.isPending}
            onPress={() => (verb === 'start' ? start.mutate() : setAsked(verb))}
          >
            {t(verb === 'start' ? `start.${order.act}` : `verbs.${verb}`, {
              count: order.progress.selected,
            })}
          </Button>
        ))}
      </div>
      {start.error && <Failed error={start.error} />}
      {asked && (
        <ReasonDialog
          title={t(`verbs.${asked}`)}
          act={t(`verbs.${asked}`)}
          onAct={(reason) => steer(asked, reason)}
          onClose={() => setAsked(null)}
        >
          <p>{t(`explain.${asked}`)}</p>
        </ReasonDialog>
      )}
    </>
  );
};
