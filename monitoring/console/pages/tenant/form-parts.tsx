import type {
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  IconButtonProps,
  ObjectFieldTemplateProps,
  ValidatorType,
} from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import type { SecretView } from '../../../tenants/shown.ts';
import type { GivenSecrets } from './queries.ts';

/** What the fields of the form share. */
export interface FormSecrets {
  readonly known: readonly SecretView[];
  readonly given: GivenSecrets;
  readonly give: (name: string, secret: GivenSecrets[string]) => void;
  readonly nameOf: (field: string) => string;
  readonly readOnly: boolean;
}

/** The server says what is wrong; nothing is compiled in the browser, whose policy forbids it. */
export const noValidator = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
} as unknown as ValidatorType;

const Words = ({ id, errors, hint }: { id: string; errors: readonly string[]; hint?: string }) => (
  <span
    id={id}
    className="field-words"
    data-bad={errors.length > 0}
    role={errors.length > 0 ? 'alert' : undefined}
  >
    {errors.length > 0 ? errors.join('. ') : hint}
  </span>
);

/** A field with its name, what it is for, and what is wrong with it. */
export const FieldPart = (props: FieldTemplateProps) =>
  props.hidden ? null : <ShownField {...props} />;

const FieldName = ({ id, label, schema, required }: FieldTemplateProps) => {
  const { t } = useTranslation('tenant');
  const optional = !required && schema.default === undefined;
  return (
    <label className="field-name" htmlFor={id}>
      {label}
      {optional && <span className="fine"> {t('form.optional')}</span>}
    </label>
  );
};

const ShownField = (props: FieldTemplateProps) => {
  const { id, children, rawErrors = [], schema, displayLabel } = props;
  const own = schema.type !== 'object' && schema.type !== 'array';
  return (
    <div className="field" data-flag={schema.type === 'boolean'}>
      {own && displayLabel && <FieldName {...props} />}
      {children}
      {(own || rawErrors.length > 0) && (
        <Words id={`${id}-words`} errors={rawErrors} hint={schema.description ?? ''} />
      )}
    </div>
  );
};

/** Fields that belong together. */
export const GroupPart = ({
  title,
  description,
  properties,
  fieldPathId,
  onAddProperty,
  schema,
  registry,
}: ObjectFieldTemplateProps) => {
  const { AddButton } = registry.templates.ButtonTemplates;
  const top = fieldPathId.path.length === 0;
  const fields = (
    <>
      {properties
        .filter(({ hidden }) => !hidden)
        .map(({ name, content }) => (
          <div key={name}>{content}</div>
        ))}
      {typeof schema.additionalProperties === 'object' && (
        <AddButton registry={registry} onClick={onAddProperty} />
      )}
    </>
  );
  if (top) return <div className="form-fields">{fields}</div>;
  return (
    <fieldset className="form-group" id={fieldPathId.$id}>
      <legend className="field-name">{title}</legend>
      {description && <p className="field-words">{description}</p>}
      {fields}
    </fieldset>
  );
};

/** A list of fields. */
export const ListPart = ({
  title,
  items,
  canAdd,
  onAddClick,
  registry,
  fieldPathId,
  schema,
}: ArrayFieldTemplateProps) => {
  const { AddButton } = registry.templates.ButtonTemplates;
  return (
    <fieldset className="form-group" id={fieldPathId.$id}>
      <legend className="field-name">{title}</legend>
      {schema.description && <p className="field-words">{schema.description}</p>}
      {items}
      {canAdd && <AddButton registry={registry} onClick={onAddClick} />}
    </fieldset>
  );
};

const partButton = (words: string) =>
  function PartButton({ id, onClick, disabled }: IconButtonProps) {
    const { t } = useTranslation('tenant');
    return (
      <button
        type="button"
        id={id}
        className="button"
        data-kind="quiet"
        onClick={onClick}
        disabled={disabled}
      >
        {t(words)}
      </button>
    );
  };

/** Buttons with words in the language of the reader. */
export const buttons = {
  AddButton: partButton('form.add'),
  RemoveButton: partButton('form.remove'),
};
