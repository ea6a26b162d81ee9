import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { useConnectorWords } from '../../parts/connector-words.ts';
import { Failed } from '../../parts/states.tsx';
import { CheckNow } from './check-now.tsx';
import { fieldErrors } from './field-errors.ts';
import type { FormSecrets } from './form-parts.tsx';
import type { ConnectorView, GivenSecrets, TenantView, Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useInstance, wishOf } from './use-instance.ts';

const kebab = (text: string): string =>
  text.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

const Flag = ({
  words,
  value,
  disabled,
  onChange,
}: {
  readonly words: string;
  readonly value: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: boolean) => void;
}) => (
  <label className="row">
    <input
      type="checkbox"
      checked={value}
      disabled={disabled}
      onChange={({ target }) => onChange(target.checked)}
    />
    {words}
  </label>
);

const Flags = ({
  form,
  hears,
  disabled,
}: {
  readonly form: ReturnType<typeof useInstance>;
  readonly hears: boolean;
  readonly disabled: boolean;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="form-flags">
      <Flag
        words={t('form.enabled')}
        value={form.enabled}
        disabled={disabled}
        onChange={form.setEnabled}
      />
      {hears && (
        <Flag
          words={t('form.hook')}
          value={form.hook}
          disabled={disabled}
          onChange={form.setHook}
        />
      )}
    </div>
  );
};

/** What was refused: beside the fields where it has some, else in full. */
const Refused = ({
  problem,
  others,
}: {
  readonly problem: ApiProblem | null;
  readonly others: number;
}) => {
  const { t } = useTranslation('tenant');
  if (!problem) return null;
  const count = problem.places.length;
  if (others > 0 || count === 0) return <Failed error={problem} />;
  return (
    <p className="notice" data-tone="bad" role="alert">
      {t('form.wrong', { count })}
    </p>
  );
};

interface ConnectorFormProps {
  readonly view: TenantView;
  readonly name: string;
  readonly connector: ConnectorView;
  readonly onSaved?: () => void;
}

const useSecrets = (view: TenantView, name: string) => {
  const [given, setGiven] = useState<GivenSecrets>({});
  const secrets: FormSecrets = {
    known: view.secrets,
    given,
    give: (secret, one) => setGiven((all) => ({ ...all, [secret]: one })),
    nameOf: (field) => `${name}-${kebab(field)}`,
    readOnly: !view.mayConfigure,
  };
  return { secrets, forget: () => setGiven({}) };
};

/** The settings of one coupling: a form drawn from the schema of its connector, with what the server says at each field. */
export const ConnectorForm = ({ view, name, connector, onSaved }: ConnectorFormProps) => {
  const { t } = useTranslation('tenant');
  const { summaryOf } = useConnectorWords();
  const form = useInstance(view, name, connector);
  const { secrets, forget } = useSecrets(view, name);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [saved, setSaved] = useState(0);
  const places = problem?.places ?? [];
  const below = `/declaration/connectors/${name}/settings`;
  const { errors, others } = fieldErrors(places, below);
  const review = (): void => {
    setProblem(null);
    setWish(wishOf(view, name, form.instance, secrets.given));
  };
  const end = (): void => {
    forget();
    setSaved((count) => count + 1);
    onSaved?.();
  };
  const disabled = secrets.readOnly;
  return (
    <div className="form">
      <p className="lead">{summaryOf(connector)}</p>
      <Refused problem={problem} others={others.length} />
      <SettingsForm
        {...{ connector, errors, secrets }}
        settings={form.settings}
        onChange={form.setSettings}
      />
      <Flags form={form} hears={connector.hears} disabled={disabled} />
      {!disabled && (
        <div className="row">
          <Button kind="main" onPress={review}>
            {t('form.save')}
          </Button>
        </div>
      )}
      {view.declaration.connectors?.[name] && (
        <CheckNow key={saved} tenant={view.tenant} target={name} atOnce={saved > 0} />
      )}
      {wish && (
        <SaveDialog
          wish={wish}
          onRefused={setProblem}
          onSaved={end}
          onClose={() => setWish(null)}
        />
      )}
    </div>
  );
};
