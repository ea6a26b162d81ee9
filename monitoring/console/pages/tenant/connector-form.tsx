import Form from '@rjsf/core';
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
  SecretField,
  type FormSecrets,
} from './form-parts.tsx';
import { readable, uiOf, withTitles } from './form-schema.ts';
import type { ConnectorView, Declaration, GivenSecrets, TenantView, Wish } from './queries.ts';
import { SaveDialog } from './save.tsx';

type Connectors = NonNullable<Declaration['connectors']>;
type Settings = Record<string, unknown>;

const kebab = (text: string): string =>
  text.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

const fields = { secret: SecretField as never };
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

/** The settings of one coupling: a form drawn from the schema of its connector, with what the server says at each field. */
export const ConnectorForm = ({
  view,
  name,
  connector,
  onSaved,
}: {
  readonly view: TenantView;
  readonly name: string;
  readonly connector: ConnectorView;
  readonly onSaved?: () => void;
}) => {
  const { t, i18n } = useTranslation('tenant');
  const before = view.declaration.connectors?.[name];
  const [settings, setSettings] = useState<Settings>(before?.settings ?? {});
  const [given, setGiven] = useState<GivenSecrets>({});
  const [enabled, setEnabled] = useState(before?.enabled ?? true);
  const [hook, setHook] = useState(before?.hook !== undefined);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [saved, setSaved] = useState(0);
  const schema = useMemo(
    () =>
      withTitles(connector.settings, (field) =>
        t(`settings.${field}`, { defaultValue: readable(field) }),
      ),
    [connector, i18n.language],
  );
  const ui = useMemo(() => uiOf(connector.settings, connector.secrets), [connector]);
  const { errors, others } = fieldErrors(
    problem?.places ?? [],
    `/declaration/connectors/${name}/settings`,
    ({ code, detail }) => t(`codes.${code}`, { defaultValue: detail, detail }),
  );
  const secrets: FormSecrets = {
    known: view.secrets,
    given,
    give: (secret, one) => setGiven((all) => ({ ...all, [secret]: one })),
    nameOf: (field) => `${name}-${kebab(field)}`,
    readOnly: !view.mayConfigure,
  };
  const instance: Connectors[string] = {
    ...(connector.id !== name && { connector: connector.id }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(hook && { hook: before?.hook ?? true }),
    ...(!enabled && { enabled: false }),
  };
  return (
    <div className="form">
      <p className="lead">{connector.summary}</p>
      {problem && (others.length > 0 || problem.places.length === 0) && <Failed error={problem} />}
      {problem && others.length === 0 && problem.places.length > 0 && (
        <p className="notice" data-tone="bad" role="alert">
          {t('form.wrong', { count: problem.places.length })}
        </p>
      )}
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
        showErrorList={false}
        noValidate
        noHtml5Validate
        tagName="div"
        disabled={!view.mayConfigure}
        onChange={({ formData }) => setSettings((formData ?? {}) as Settings)}
      />
      <div className="form-flags">
        <label className="row">
          <input
            type="checkbox"
            checked={enabled}
            disabled={!view.mayConfigure}
            onChange={({ target }) => setEnabled(target.checked)}
          />
          {t('form.enabled')}
        </label>
        {connector.hears && (
          <label className="row">
            <input
              type="checkbox"
              checked={hook}
              disabled={!view.mayConfigure}
              onChange={({ target }) => setHook(target.checked)}
            />
            {t('form.hook')}
          </label>
        )}
      </div>
      {view.mayConfigure && (
        <div className="row">
          <Button
            kind="main"
            onPress={() => {
              setProblem(null);
              setWish(wishOf(view, name, instance, given));
            }}
          >
            {t('form.save')}
          </Button>
        </div>
      )}
      {before && <CheckNow key={saved} tenant={view.tenant} target={name} atOnce={saved > 0} />}
      {wish && (
        <SaveDialog
          wish={wish}
          onRefused={setProblem}
          onSaved={() => {
            setGiven({});
            setSaved((count) => count + 1);
            onSaved?.();
          }}
          onClose={() => setWish(null)}
        />
      )}
    </div>
  );
};
