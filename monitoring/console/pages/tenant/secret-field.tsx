import type { FieldProps, RJSFSchema } from '@rjsf/utils';
import { useTranslation } from 'react-i18next';
import type { SecretView } from '../../../tenants/shown.ts';
import { Moment } from '../../parts/figures.tsx';
import type { FormSecrets } from './form-parts.tsx';
import type { GivenSecrets } from './queries.ts';

type Given = GivenSecrets[string];

interface Inputs {
  readonly id: string;
  readonly title: string;
  readonly known: SecretView | undefined;
  readonly given: Given;
  readonly wrong: boolean;
  readonly onGive: (given: Given) => void;
}

const withValue = ({ expiresAt }: Given, value: string): Given => ({
  ...(expiresAt !== undefined && { expiresAt }),
  ...(value !== '' && { value }),
});

const endOf = ({ given, known }: Inputs): string =>
  (given.expiresAt === undefined ? known?.expiresAt : given.expiresAt) ?? '';

const SecretInputs = (inputs: Inputs) => {
  const { t } = useTranslation('tenant');
  const { id, title, known, given, wrong, onGive } = inputs;
  return (
    <div className="filters">
      <div className="field">
        <label className="field-name" htmlFor={`${id}-value`}>
          {t(known ? 'secret.replace' : 'secret.value', { name: title })}
        </label>
        <textarea
          id={`${id}-value`}
          className="secret-value"
          rows={1}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong}
          value={given.value ?? ''}
          onChange={({ target }) => onGive(withValue(given, target.value))}
        />
      </div>
      <div className="field">
        <label className="field-name" htmlFor={`${id}-end`}>
          {t('secret.end', { name: title })}
        </label>
        <input
          id={`${id}-end`}
          type="date"
          value={endOf(inputs)}
          onChange={({ target }) => onGive({ ...given, expiresAt: target.value || null })}
        />
      </div>
    </div>
  );
};

const Standing = ({ known }: { readonly known: SecretView | undefined }) => {
  const { t } = useTranslation('tenant');
  if (!known) return <p className="fine">{t('secret.unset')}</p>;
  return (
    <p className="fine">
      {t('secret.set')} <Moment at={known.setAt} ago />
    </p>
  );
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
  const { secrets } = registry.formContext;
  const secret = formData?.secret ?? secrets.nameOf(name);
  const known = secrets.known.find((one) => one.name === secret);
  const id = fieldPathId.$id;
  const give = (given: Given): void => {
    secrets.give(secret, given);
    if (formData?.secret !== secret) onChange({ secret }, fieldPathId.path);
  };
  return (
    <fieldset className="form-group secret" id={id}>
      <legend className="field-name">{schema.title}</legend>
      <p className="field-words">{schema.description}</p>
      <Standing known={known} />
      {!secrets.readOnly && (
        <SecretInputs
          {...{ id, known, onGive: give }}
          title={schema.title ?? name}
          given={secrets.given[secret] ?? {}}
          wrong={rawErrors.length > 0}
        />
      )}
    </fieldset>
  );
};
