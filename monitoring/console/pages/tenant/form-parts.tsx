import type {
  ArrayFieldTemplateProps,
  FieldProps,
  FieldTemplateProps,
  IconButtonProps,
  ObjectFieldTemplateProps,
  RJSFSchema,
  ValidatorType,
} from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../parts/figures.tsx';
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
export const FieldPart = (props: FieldTemplateProps) => {
  const { id, label, children, rawErrors = [], schema, hidden, displayLabel, required } = props;
  const { t } = useTranslation('tenant');
  if (hidden) return null;
  const own = schema.type !== 'object' && schema.type !== 'array';
  return (
    <div className="field" data-flag={schema.type === 'boolean'}>
      {own && displayLabel && (
        <label className="field-name" htmlFor={id}>
          {label}
          {!required && schema.default === undefined && (
            <span className="fine"> {t('form.optional')}</span>
          )}
        </label>
      )}
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

/** A secret: whether it is set and until when; a new value goes one way only. */
export const SecretField = ({
  name,
  schema,
  formData,
  onChange,
  fieldPathId,
  registry,
  rawErrors = [],
}: FieldProps<{ secret: string } | undefined, RJSFSchema, { secrets: FormSecrets }>) => {
  const { t } = useTranslation('tenant');
  const { secrets } = registry.formContext;
  const secret = formData?.secret ?? secrets.nameOf(name);
  const known = secrets.known.find((one) => one.name === secret);
  const given = secrets.given[secret] ?? {};
  const id = fieldPathId.$id;
  const give = (more: GivenSecrets[string]): void => {
    secrets.give(secret, { ...given, ...more });
    if (formData?.secret !== secret) onChange({ secret }, fieldPathId.path);
  };
  return (
    <fieldset className="form-group secret" id={id}>
      <legend className="field-name">{schema.title}</legend>
      <p className="field-words">{schema.description}</p>
      <p className="fine" data-set={known !== undefined}>
        {known ? (
          <>
            {t('secret.set')} <Moment at={known.setAt} ago />
          </>
        ) : (
          t('secret.unset')
        )}
      </p>
      {!secrets.readOnly && (
        <div className="filters">
          <div className="field">
            <label className="field-name" htmlFor={`${id}-value`}>
              {t(known ? 'secret.replace' : 'secret.value', { name: schema.title })}
            </label>
            <textarea
              id={`${id}-value`}
              className="secret-value"
              rows={1}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={rawErrors.length > 0}
              value={given.value ?? ''}
              onChange={({ target }) => {
                const { value: _, ...rest } = given;
                secrets.give(secret, rest);
                give(target.value === '' ? {} : { value: target.value });
              }}
            />
          </div>
          <div className="field">
            <label className="field-name" htmlFor={`${id}-end`}>
              {t('secret.end', { name: schema.title })}
            </label>
            <input
              id={`${id}-end`}
              type="date"
              value={
                given.expiresAt === undefined ? (known?.expiresAt ?? '') : (given.expiresAt ?? '')
              }
              onChange={({ target }) => give({ expiresAt: target.value || null })}
            />
          </div>
        </div>
      )}
    </fieldset>
  );
};
