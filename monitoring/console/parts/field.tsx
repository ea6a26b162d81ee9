import { useId, type HTMLInputTypeAttribute } from 'react';

interface Common {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | null;
  readonly disabled?: boolean;
}

/** A line to write in, with its name, a hint and what is wrong with it. */
export const Field = ({
  type = 'text',
  required = false,
  ...field
}: Common & { readonly type?: HTMLInputTypeAttribute; readonly required?: boolean }) => {
  const id = useId();
  const { name, value, onChange, hint, error, disabled = false } = field;
  const worded = hint !== undefined || Boolean(error);
  return (
    <div className="field">
      <label className="field-name" htmlFor={id}>
        {name}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        required={required}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={Boolean(error)}
        aria-describedby={worded ? `${id}-words` : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
      {worded && (
        <span id={`${id}-words`} className="field-words" data-bad={Boolean(error)}>
          {error ?? hint}
        </span>
      )}
    </div>
  );
};

/** One of a few. */
export const Choice = ({
  name,
  value,
  onChange,
  options,
  hint,
  disabled = false,
}: Common & {
  readonly options: readonly { readonly value: string; readonly words: string }[];
}) => {
  const id = useId();
  return (
    <div className="field">
      <label className="field-name" htmlFor={id}>
        {name}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
      {hint !== undefined && <span className="field-words">{hint}</span>}
    </div>
  );
};
