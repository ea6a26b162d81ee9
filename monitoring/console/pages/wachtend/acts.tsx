import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../../../checks/check.ts';
import { post } from '../../api/ask.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Failed } from '../../parts/states.tsx';
import { HoldLine, ReleaseLine } from './hold-dialogs.tsx';
import { linePath, lineText } from './line-text.ts';
import type { LineStanding } from './queries.ts';

const tones: Readonly<Record<CheckResult['outcome'], Tone>> = {
  works: 'good',
  fails: 'bad',
  unanswered: 'warn',
};

const Checked = ({ check }: { readonly check: CheckResult }) => {
  const { t } = useTranslation('wachtend');
  return (
    <div>
      <Badge tone={tones[check.outcome]}>{t(`check.${check.outcome}`)}</Badge>
      {check.outcome === 'unanswered' && <p>{t('check.nobody')}</p>}
      {check.detail !== null && <p>{check.detail}</p>}
      <p className="fine">
        {t('check.at')} <Moment at={check.endedAt ?? check.askedAt} ago />
        {check.durationMs !== null && ` ${t('check.took', { ms: check.durationMs })}`}
      </p>
    </div>
  );
};

/** How the line answered last; nothing while it is asked. */
const LastCheck = ({
  check,
  busy,
}: {
  readonly check: CheckResult | null | undefined;
  readonly busy: boolean;
}) => <div role="status">{check && !busy && <Checked check={check} />}</div>;

/** Checks a line, holds it or lets it go on. */
export const Acts = ({ line }: { readonly line: LineStanding }) => {
  const { t } = useTranslation('wachtend');
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const words = lineText(line);
  const check = useMutation({
    mutationFn: () => post<CheckResult>(`checks/${linePath(line)}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['holds'] }),
  });
  const act = line.hold ? 'release' : 'hold';
  const Asked = line.hold ? ReleaseLine : HoldLine;
  return (
    <div className="line-acts">
      <div className="row">
        <Button
          label={t('check.of', { line: words })}
          busy={check.isPending}
          onPress={() => check.mutate()}
        >
          {t(check.isPending ? 'check.busy' : 'check.now')}
        </Button>
        <Button label={t(`${act}.of`, { line: words })} onPress={() => setAsked(true)}>
          {t(`${act}.act`)}
        </Button>
      </div>
      <LastCheck check={check.data ?? line.check} busy={check.isPending} />
      {check.error && <Failed error={check.error} />}
      {asked && <Asked line={line} onClose={() => setAsked(false)} />}
    </div>
  );
};
