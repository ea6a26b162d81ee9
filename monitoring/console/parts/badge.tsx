import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What a colour says; the words beside it always say it too. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

/** A word or two about a state. */
export const Badge = ({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
}) => (
  <span className="badge" data-tone={tone}>
    {children}
  </span>
);

const tones: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  accepted: 'busy',
  waiting: 'warn',
  held: 'warn',
  parked: 'bad',
  expired: 'idle',
  discarded: 'idle',
};

/** The status of a message or of one of its targets. */
export const Status = ({ status }: { readonly status: string }) => {
  const { t } = useTranslation('parts');
  return (
    <Badge tone={tones[status] ?? 'idle'}>
      {t(`statuses.${status}`, { defaultValue: status })}
    </Badge>
  );
};
