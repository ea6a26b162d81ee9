import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { remove } from '../../api/ask.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { Moment } from '../../parts/figures.tsx';
import { NewKey } from './new-key.tsx';
import { useTenantsAgain, type CredentialView } from './queries.ts';

interface KeysProps {
  readonly tenant: string;
  readonly one: CredentialView;
  readonly mayConfigure: boolean;
  readonly onMade?: ((key: string) => void) | undefined;
}

const KeyLine = ({
  shown: { id, madeAt, endsAt },
  mayConfigure,
  onEnd,
}: {
  readonly shown: CredentialView['keys'][number];
  readonly mayConfigure: boolean;
  readonly onEnd: () => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <li className="row">
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
        <Button kind="danger" label={t('keys.endWhich', { id })} onPress={onEnd}>
          {t('keys.end')}
        </Button>
      )}
    </li>
  );
};

const EndKey = ({
  tenant,
  name,
  id,
  onClose,
}: {
  readonly tenant: string;
  readonly name: string;
  readonly id: string;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('tenant');
  const again = useTenantsAgain();
  return (
    <ReasonDialog
      title={t('keys.endTitle', { name })}
      act={t('keys.end')}
      kind="danger"
      onClose={onClose}
      onAct={async (reason) => {
        await remove(`tenants/${tenant}/credentials/${name}/keys/${id}`, { reason });
        await again();
      }}
    >
      <p>{t('keys.endWords')}</p>
    </ReasonDialog>
  );
};

/** The keys of an application: made, replaced and ended; a value is seen once. */
export const Keys = ({ tenant, one, mayConfigure, onMade }: KeysProps) => {
  const { t } = useTranslation('tenant');
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<string | null>(null);
  const { name, keys } = one;
  const some = keys.length > 0;
  return (
    <>
      {some ? (
        <ul className="keys">
          {keys.map((shown) => (
            <KeyLine
              key={shown.id}
              {...{ shown, mayConfigure }}
              onEnd={() => setEnding(shown.id)}
            />
          ))}
        </ul>
      ) : (
        <p className="fine">{t('keys.none')}</p>
      )}
      {mayConfigure && (
        <div className="row">
          <Button
            onPress={() => setMaking(true)}
            label={t(some ? 'keys.rotateTitle' : 'keys.makeTitle', { name })}
          >
            {t(some ? 'keys.rotate' : 'keys.make')}
          </Button>
        </div>
      )}
      {making && (
        <NewKey tenant={tenant} one={one} onMade={onMade} onClose={() => setMaking(false)} />
      )}
      {ending !== null && (
        <EndKey tenant={tenant} name={name} id={ending} onClose={() => setEnding(null)} />
      )}
    </>
  );
};
