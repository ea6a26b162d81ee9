import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { Failed } from '../../parts/states.tsx';
import { FilterTree } from './filter-tree.tsx';
import type { Route, TrialAnswer } from './queries.ts';

const Outcome = ({
  answer,
  routes,
}: {
  readonly answer: TrialAnswer;
  readonly routes: readonly Route[];
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="trial" aria-live="polite">
      {answer.targets && (
        <p className="notice" data-tone={answer.targets.length > 0 ? 'good' : 'warn'}>
          {answer.targets.length > 0
            ? t('trial.goes', { targets: answer.targets.join(', ') })
            : t('trial.nowhere')}
        </p>
      )}
      {answer.refusal && (
        <div className="notice" data-tone="bad">
          <p>
            {t('trial.refused')} <code>{answer.refusal.code}</code> ({answer.refusal.status})
          </p>
          <ul>
            {answer.refusal.errors.map(({ pointer, detail }) => (
              <li key={`${pointer}${detail}`}>
                <code>{pointer}</code> {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ol className="trial-routes">
        {answer.routes.map((route, index) => (
          <li key={index}>
            <p className="row">
              <Badge tone={route.matches ? 'good' : 'idle'}>
                {t(route.matches ? 'trial.matches' : 'trial.passes')}
              </Badge>
              {route.targets.join(', ')}
              {!route.typeMatches && (
                <span className="fine">{t('trial.otherType', { type: route.type })}</span>
              )}
            </p>
            {route.filter && routes[index]?.filter && (
              <FilterTree filter={routes[index].filter} explained={route.filter} />
            )}
          </li>
        ))}
      </ol>
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
  const [text, setText] = useState('');
  const [stored, setStored] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const trial = useMutation({
    mutationFn: (body: object) => post<TrialAnswer>(`tenants/${tenant}/routes/try`, body),
  });
  const unsaved = changed ? { routes } : {};
  const tryText = (): void => {
    try {
      const message: unknown = JSON.parse(text);
      setUnreadable(false);
      trial.mutate({ message, ...unsaved });
    } catch {
      setUnreadable(true);
    }
  };
  return (
    <Section title={t('trial.title')}>
      <p className="fine">{t('trial.lead')}</p>
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
        <Button kind="main" busy={trial.isPending} disabled={text.trim() === ''} onPress={tryText}>
          {t('trial.act')}
        </Button>
      </div>
      {(!changed || mayRead) && (
        <div className="filters">
          <Field
            name={t('trial.stored')}
            value={stored}
            onChange={setStored}
            hint={t('trial.storedHint')}
          />
          <Button
            busy={trial.isPending}
            disabled={stored.trim() === ''}
            onPress={() => trial.mutate({ stored: stored.trim(), ...unsaved })}
          >
            {t('trial.actStored')}
          </Button>
        </div>
      )}
      {trial.error && <Failed error={trial.error} />}
      {trial.data && <Outcome answer={trial.data} routes={routes} />}
    </Section>
  );
};
