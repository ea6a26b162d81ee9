import { useTranslation } from 'react-i18next';
import { Bar } from '../../parts/bar.tsx';
import { Count } from '../../parts/figures.tsx';
import type { ListedOrder } from './queries.ts';

const shown = ['delivered', 'discarded', 'failed', 'skipped', 'released', 'selected'] as const;

const endedOf = ({ progress }: ListedOrder): number =>
  progress.delivered + progress.discarded + progress.failed + progress.skipped;

const toneOf = ({ state, progress }: ListedOrder) => {
  if (progress.failed > 0) return 'bad';
  if (state === 'paused' || state === 'stopped') return 'warn';
  return state === 'done' ? 'good' : 'busy';
};

/** How far an order is: a bar, and what became of its messages in words. */
export const OrderBar = ({ order }: { readonly order: ListedOrder }) => {
  const { t } = useTranslation('geparkeerd');
  const { progress } = order;
  return (
    <div className="order-bar">
      <Bar
        value={endedOf(order)}
        most={progress.messages}
        label={t('progressOf', { act: t(`acts.${order.act}`), count: progress.messages })}
        tone={toneOf(order)}
      />
      <ul className="order-counts">
        {shown
          .filter((name) => progress[name] > 0)
          .map((name) => (
            <li key={name}>
              <Count value={progress[name]} /> {t(`counts.${name}`)}
            </li>
          ))}
      </ul>
    </div>
  );
};
