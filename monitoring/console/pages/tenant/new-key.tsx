import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { Button } from '../../parts/button.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Dialog, ReasonDialog } from '../../parts/dialog.tsx';
import { Choice } from '../../parts/field.tsx';
import { useTenantsAgain, type CredentialView } from './queries.ts';

const hourMs = 3_600_000;
const waits = { none: 0, hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;

/** The value of a key, this once. */
const ShownKey = ({ value, onClose }: { readonly value: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('tenant');
  return (
    <Dialog title={t('keys.made')} onClose={onClose}>
      <p>{t('keys.once')}</p>
      <p className="row">
        <code className="key-value">{value}</code> <Copy text={value} what={t('keys.key')} />
      </p>
      <div className="dialog-acts">
        <Button kind="main" onPress={onClose}>
          {t('keys.kept')}
        </Button>
      </div>
    </Dialog>
  );
};

/** Makes a key of an application, and says when the former ones end. */
export const NewKey = ({
  tenant,
  one,
  onMade,
  onClose,
}: {
  readonly tenant: string;
  readonly one: CredentialView;
  readonly onMade?: ((key: string) => void) | undefined;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('tenant');
  const again = useTenantsAgain();
  const [wait, setWait] = useState<keyof typeof waits>('day');
  const [value, setValue] = useState<string | null>(null);
  const made = useRef(false);
  const rotates = one.keys.length > 0;
  const full = one.keys.length > 1;
  if (value !== null) return <ShownKey value={value} onClose={onClose} />;
  return (
    <ReasonDialog
      title={t(rotates ? 'keys.rotateTitle' : 'keys.makeTitle', { name: one.name })}
      act={t(rotates ? 'keys.rotate' : 'keys.make')}
      onClose={() => {
        if (!made.current) onClose();
      }}
      onAct={async (reason) => {
        const end = rotates
          ? { othersEndAt: new Date(Date.now() + waits[wait]).toISOString() }
          : {};
        const { key } = await post<{ readonly key: string }>(
          `tenants/${tenant}/credentials/${one.name}/keys`,
          { reason, ...end, ...(full && { dropOldest: true }) },
        );
        made.current = true;
        onMade?.(key);
        await again();
        setValue(key);
      }}
    >
      {full && (
        <p className="notice" data-tone="warn">
          {t('keys.full')}
        </p>
      )}
      {rotates && (
        <Choice
          name={t('keys.formerEnds')}
          value={wait}
          onChange={(next) => setWait(next as keyof typeof waits)}
          options={Object.keys(waits).map((key) => ({ value: key, words: t(`keys.waits.${key}`) }))}
        />
      )}
    </ReasonDialog>
  );
};
