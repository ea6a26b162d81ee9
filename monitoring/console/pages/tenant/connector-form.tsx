import Form from '@rjsf/core';
import type { ErrorSchema } from '@rjsf/utils';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Failed } from '../../parts/states.tsx';
import { CheckNow } from './check-now.tsx';
import { fieldErrors } from './field-errors.ts';
import {
  buttons,
  FieldPart,
  GroupPart,
  ListPart,
  noValidator,
  type FormSecrets,
} from './form-parts.tsx';
import { SecretField } from './secret-field.tsx';
import { readable, uiOf, withTitles } from './form-schema.ts';
import type { ConnectorView, Declaration, GivenSecrets, TenantView, Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';

type Connectors = NonNullable<Declaration['connectors']>;
type Settings = Record<string, unknown>;

const kebab = (text: string): string =>
  text.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

const fields = { secret: SecretField as never };
/** The browser judges nothing: the server does. */
const asServerSays = { noValidate: true, noHtml5Validate: true, showErrorList: false } as const;

const templates = {
  FieldTemplate: FieldPart,
  ObjectFieldTemplate: GroupPart,
  ArrayFieldTemplate: ListPart,
  ButtonTemplates: buttons,
};

/** The wish that the form stands for: the tenant as it is, with this instance as it is written here. */
const wishOf = (
  view: TenantView,
  name: string,
  instance: Connectors[string],
  secrets: GivenSecrets,
): Wish => ({
  tenant: view.tenant,
  version: view.version,
  secrets,
  declaration: {
    ...view.declaration,
    connectors: { ...view.declaration.connectors, [name]: instance },
  },
});

/** What is written in the form, and what it would make of the instance. */
const useInstance = (view: TenantView, name: string, connector: ConnectorView) => {
  const before = view.declaration.connectors?.[name];
  const { settings: stored = {}, enabled: on = true, hook: heard } = before ?? {};
  const [settings, setSettings] = useState<Settings>(stored);
  const [enabled, setEnabled] = useState(on);
  const [hook, setHook] = useState(heard !== undefined);
  const instance: Connectors[string] = {
    ...(connector.id !== name && { connector: connector.id }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(hook && { hook: heard ?? true }),
    ...(!enabled && { enabled: false }),
  };
  return { settings, setSettings, enabled, setEnabled, hook, setHook, instance };
};

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

interface SettingsFormProps {
  readonly connector: ConnectorView;
  readonly settings: Settings;
  readonly errors: ErrorSchema;
  readonly secrets: FormSecrets;
  readonly onChange: (settings: Settings) => void;
}

const SettingsForm = ({ connector, settings, errors, secrets, onChange }: SettingsFormProps) => {
  const { t, i18n } = useTranslation('tenant');
  const schema = useMemo(
    () =>
      withTitles(connector.settings, (field) =>
        t(`settings.${field}`, { defaultValue: readable(field) }),
      ),
    [connector, i18n.language],
  );
  const ui = useMemo(() => uiOf(connector.settings, connector.secrets), [connector]);
  return (
    <Form
      idPrefix="instelling"
      schema={schema}
      uiSchema={ui}
      formData={settings}
      formContext={{ secrets }}
      validator={noValidator}
      fields={fields}
      templates={templates}
      extraErrors={errors}
      {...asServerSays}
      tagName="div"
      disabled={secrets.readOnly}
      onChange={({ formData }) => onChange((formData ?? {}) as Settings)}
    />
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
  const form = useInstance(view, name, connector);
  const { secrets, forget } = useSecrets(view, name);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [saved, setSaved] = useState(0);
  const places = problem?.places ?? [];
  const below = `/declaration/connectors/${name}/settings`;
  const { errors, others } = fieldErrors(places, below, ({ code, detail }) =>
    t(`codes.${code}`, { defaultValue: detail, detail }),
  );
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
      <p className="lead">{connector.summary}</p>
      <Refused problem={problem} others={others.length} />
      <SettingsForm
        {...{ connector, errors, secrets }}
        settings={form.settings}
        onChange={form.setSettings}
      />
      <div className="form-flags">
        <Flag
          words={t('form.enabled')}
          value={form.enabled}
          disabled={disabled}
          onChange={form.setEnabled}
        />
        {connector.hears && (
          <Flag
            words={t('form.hook')}
            value={form.hook}
            disabled={disabled}
            onChange={form.setHook}
          />
        )}
      </div>
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
