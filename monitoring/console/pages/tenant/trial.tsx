import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { Failed } from '../../parts/states.tsx';
import type { Route, TrialAnswer } from './queries.ts';
import { TrialOutcome } from './trial-outcome.tsx';

interface TryProps {
  readonly busy: boolean;
  readonly onTry: (body: object) => void;
}

const TryText = ({ busy, onTry }: TryProps) => {
  const { t } = useTranslation('tenant');
  const [text, setText] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const tryText = (): void => {
    try {
      const message: unknown = JSON.parse(text);
      setUnreadable(false);
      onTry({ message });
    } catch {
      setUnreadable(true);
    }
  };
  return (
    <>
      <div className="field">
        <label className="field-name">
          {t('trial.message')}
          <textarea
            rows={8}
            spellCheck={false}
            value={text}
            aria-invalid={unreadable}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        {unreadable && (
          <span className="field-words" data-bad="true" role="alert">
            {t('trial.unreadable')}
          </span>
        )}
      </div>
      <div className="row">
        <Button kind="main" busy={busy} disabled={text.trim() === ''} onPress={tryText}>
          {t('trial.act')}
        </Button>
      </div>
    </>
  );
};

const TryStored = ({
  stored,
  onStored,
  busy,
  onTry,
}: TryProps & { readonly stored: string; readonly onStored: (stored: string) => void }) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="filters">
      <Field
        name={t('trial.stored')}
        value={stored}
        onChange={onStored}
        hint={t('trial.storedHint')}
      />
      <Button
        busy={busy}
        disabled={stored.trim() === ''}
        onPress={() => onTry({ stored: stored.trim() })}
      >
        {t('trial.actStored')}
      </Button>
    </div>
  );
};

/** "Try it with this message": one that is pasted, or one that is stored, whose content stays on the server. */
export const RouteTrial = ({
  tenant,
  routes,
  changed,
}: {
  readonly tenant: string;
  readonly routes: readonly Route[];
  /** Whether they are other than what is saved. */
  readonly changed: boolean;
}) => {
  const { t } = useTranslation('tenant');
  const mayRead = useMay('read-body');
  const [stored, setStored] = useState('');
  const trial = useMutation({
    mutationFn: (body: object) => post<TrialAnswer>(`tenants/${tenant}/routes/try`, body),
  });
  const unsaved = changed ? { routes } : {};
  const onTry = (body: object): void => trial.mutate({ ...body, ...unsaved });
  const busy = trial.isPending;
  return (
    <Section title={t('trial.title')}>
      <p className="fine">{t('trial.lead')}</p>
      <TryText {...{ busy, onTry }} />
      {(!changed || mayRead) && <TryStored {...{ stored, busy, onTry }} onStored={setStored} />}
      {trial.error && <Failed error={trial.error} />}
      {trial.data && <TrialOutcome answer={trial.data} routes={routes} />}
    </Section>
  );
};
