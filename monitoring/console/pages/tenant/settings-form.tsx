import Form from '@rjsf/core';
import type { ErrorSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  buttons,
  FieldPart,
  GroupPart,
  ListPart,
  noValidator,
  type FormSecrets,
} from './form-parts.tsx';
import { useConnectorWords } from '../../parts/connector-words.ts';
import { readable, uiOf, withWords } from './form-schema.ts';
import type { ConnectorView } from './queries.ts';
import { SecretField } from './secret-field.tsx';

/** The settings of one instance, as its connector describes them. */
export type Settings = Record<string, unknown>;

const fields = { secret: SecretField as never };
/** The browser judges nothing: the server does. */
const asServerSays = { noValidate: true, noHtml5Validate: true, showErrorList: false } as const;

const templates = {
  FieldTemplate: FieldPart,
  ObjectFieldTemplate: GroupPart,
  ArrayFieldTemplate: ListPart,
  ButtonTemplates: buttons,
};

interface SettingsFormProps {
  readonly connector: ConnectorView;
  readonly settings: Settings;
  readonly errors: ErrorSchema;
  readonly secrets: FormSecrets;
  readonly onChange: (settings: Settings) => void;
}

/** The form that is drawn from the schema of a connector. */
export const SettingsForm = ({
  connector,
  settings,
  errors,
  secrets,
  onChange,
}: SettingsFormProps) => {
  const { t, i18n } = useTranslation('tenant');
  const { hintOf } = useConnectorWords();
  const schema = useMemo(
    () =>
      withWords(connector.settings, {
        titleOf: (field) => t(`settings.${field}`, { defaultValue: readable(field) }),
        hintOf: (path, described) => hintOf(connector.id, path, described),
      }),
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
