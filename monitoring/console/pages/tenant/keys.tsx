import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, remove } from '../../api/ask.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Dialog, ReasonDialog } from '../../parts/dialog.tsx';
import { Choice } from '../../parts/field.tsx';
import { Moment } from '../../parts/figures.tsx';
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

const NewKey = ({
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

/** The keys of an application: made, replaced and ended; a value is seen once. */
export const Keys = ({
  tenant,
  one,
  mayConfigure,
  onMade,
}: {
  readonly tenant: string;
  readonly one: CredentialView;
  readonly mayConfigure: boolean;
  readonly onMade?: ((key: string) => void) | undefined;
}) => {
  const { t } = useTranslation('tenant');
  const again = useTenantsAgain();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<string | null>(null);
  return (
    <>
      {one.keys.length === 0 ? (
        <p className="fine">{t('keys.none')}</p>
      ) : (
        <ul className="keys">
          {one.keys.map(({ id, madeAt, endsAt }) => (
            <li key={id} className="row">
              <Badge tone={endsAt === null ? 'good' : 'warn'}>
                {t(endsAt === null ? 'keys.valid' : 'keys.ends')}
              </Badge>
              <code>{id}</code>
              {endsAt !== null && <Moment at={endsAt} />}
              {madeAt !== null && (
                <span className="fine">
                  {t('keys.madeAt')} <Moment at={madeAt} ago />
                </span>
              )}
              {mayConfigure && (
                <Button
                  kind="danger"
                  label={t('keys.endWhich', { id })}
                  onPress={() => setEnding(id)}
                >
                  {t('keys.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayConfigure && (
        <div className="row">
          <Button
            onPress={() => setMaking(true)}
            label={t(one.keys.length > 0 ? 'keys.rotateTitle' : 'keys.makeTitle', {
              name: one.name,
            })}
          >
            {t(one.keys.length > 0 ? 'keys.rotate' : 'keys.make')}
          </Button>
        </div>
      )}
      {making && (
        <NewKey tenant={tenant} one={one} onMade={onMade} onClose={() => setMaking(false)} />
      )}
      {ending !== null && (
        <ReasonDialog
          title={t('keys.endTitle', { name: one.name })}
          act={t('keys.end')}
          kind="danger"
          onClose={() => setEnding(null)}
          onAct={async (reason) => {
            await remove(`tenants/${tenant}/credentials/${one.name}/keys/${ending}`, { reason });
            await again();
          }}
        >
          <p>{t('keys.endWords')}</p>
        </ReasonDialog>
      )}
    </>
  );
};
