import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, remove } from '../../api/ask.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { Choice } from '../../parts/field.tsx';
import { TenantPicker, useInstances } from '../../parts/tenant-picker.tsx';
import { linePath, lineText } from './line-text.ts';
import type { LineStanding } from './queries.ts';

interface Asked {
  readonly line: LineStanding;
  readonly onClose: () => void;
}

const useAgain = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['holds'] });
};

/** Lets a line go on, for a reason. */
export const ReleaseLine = ({ line, onClose }: Asked) => {
  const { t } = useTranslation('wachtend');
  const again = useAgain();
  return (
    <ReasonDialog
      title={t('release.of', { line: lineText(line) })}
      act={t('release.act')}
      onAct={(reason) => remove(`holds/${linePath(line)}`, { reason }).then(again)}
      onClose={onClose}
    >
      <p>{t('release.words', { count: line.held })}</p>
    </ReasonDialog>
  );
};

/** Lets a line stand still, for a reason. */
export const HoldLine = ({ line, onClose }: Asked) => {
  const { t } = useTranslation('wachtend');
  const again = useAgain();
  return (
    <ReasonDialog
      title={t('hold.of', { line: lineText(line) })}
      act={t('hold.act')}
      onAct={(reason) => post(`holds/${linePath(line)}`, { reason }).then(again)}
      onClose={onClose}
    >
      <p>{t('hold.words')}</p>
    </ReasonDialog>
  );
};

/** Lets any line stand still: also one at which nothing waits yet, for maintenance at the other side. */
export const HoldAny = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('wachtend');
  const again = useAgain();
  const { person } = useSession();
  const [only = ''] = person.tenants?.length === 1 ? person.tenants : [];
  const [tenant, setTenant] = useState(only);
  const [target, setTarget] = useState('');
  const { data: instances = [] } = useInstances(tenant);
  const hold = async (reason: string): Promise<void> => {
    if (target === '') throw new ApiProblem(0, { code: 'bad-request', detail: t('hold.none') });
    await post(`holds/${linePath({ tenant, target })}`, { reason });
    await again();
  };
  const options = [
    { value: '', words: t('hold.choose') },
    ...instances.map((name) => ({ value: name, words: name })),
  ];
  return (
    <ReasonDialog title={t('hold.any')} act={t('hold.act')} onAct={hold} onClose={onClose}>
      <p>{t('hold.words')}</p>
      <TenantPicker
        value={tenant}
        onChange={(next) => {
          setTenant(next);
          setTarget('');
        }}
      />
      <Choice name={t('hold.connector')} value={target} onChange={setTarget} options={options} />
    </ReasonDialog>
  );
};
