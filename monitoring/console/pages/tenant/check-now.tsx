import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Failed } from '../../parts/states.tsx';

/** What came of asking the system. */
interface Checked {
  readonly outcome: 'works' | 'fails' | 'unanswered';
  readonly code: string | null;
  readonly detail: string | null;
}

const tones = { works: 'good', fails: 'bad', unanswered: 'warn' } as const;

/** What is wrong, in the words of the connector, and what to do. */
const Trouble = ({ checked }: { readonly checked: Checked }) => {
  const { t } = useTranslation('tenant');
  const { outcome, code, detail } = checked;
  return (
    <div className="notice" data-tone={tones[outcome]}>
      <p>
        {code && <code>{code}</code>} {detail}
      </p>
      <p className="fine">
        {t(`check.todo.${code ?? outcome}`, { defaultValue: t('check.todo.other') })}
      </p>
    </div>
  );
};

/** Asks the system whether the bus could work with it now, also by itself after its settings were saved. */
export const CheckNow = ({
  tenant,
  target,
  atOnce = false,
}: {
  readonly tenant: string;
  readonly target: string;
  readonly atOnce?: boolean;
}) => {
  const { t } = useTranslation('tenant');
  const may = useMay('act');
  const check = useMutation({
    mutationFn: () => post<Checked>(`checks/${tenant}/${target}`),
  });
  const { mutate, data, error, isPending } = check;
  useEffect(() => {
    if (atOnce && may) mutate();
  }, [atOnce, may, mutate]);
  if (!may) return null;
  return (
    <div className="check" aria-live="polite">
      <div className="row">
        <Button onPress={() => mutate()} busy={isPending}>
          {t(isPending ? 'check.busy' : 'check.act')}
        </Button>
        {data && <Badge tone={tones[data.outcome]}>{t(`check.${data.outcome}`)}</Badge>}
      </div>
      {data && data.outcome !== 'works' && <Trouble checked={data} />}
      {error && <Failed error={error} />}
    </div>
  );
};
