import { useId, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

/** Something that is wrong in a line. */
export interface Mark {
  readonly line: number;
  readonly words: string;
}

const mostRows = 28;
const leastRows = 8;

/** Selects a line, so that it is seen and can be written over. */
const selectLine = (field: HTMLTextAreaElement | null, line: number): void => {
  if (!field) return;
  const before = field.value.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, text) => sum + text.length + 1, 0);
  const end = field.value.indexOf('\n', start);
  field.focus();
  field.setSelectionRange(start, end === -1 ? field.value.length : end);
};

/** The numbers of the lines; those where something is wrong stand out. */
const Gutter = ({
  lines,
  marks,
  ref,
}: {
  readonly lines: number;
  readonly marks: readonly Mark[];
  readonly ref: Ref<HTMLOListElement>;
}) => {
  const bad = new Set(marks.map(({ line }) => line));
  return (
    <ol ref={ref} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <li key={index} data-bad={bad.has(index + 1)}>
          {index + 1}
        </li>
      ))}
    </ol>
  );
};

/** What is wrong, each with its line to go to. */
const Marks = ({
  marks,
  onGo,
}: {
  readonly marks: readonly Mark[];
  readonly onGo: (line: number) => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <ul className="marks">
      {marks.map(({ line, words }) => (
        <li key={words}>
          <button type="button" className="button" data-kind="quiet" onClick={() => onGo(line)}>
            {t('edit.line', { line })}
          </button>
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
};

/** JSON to write in, with the numbers of its lines; those where something is wrong are marked, and can be gone to. */
export const JsonField = ({
  name,
  value,
  wrong,
  marks,
  onChange,
}: {
  readonly name: string;
  readonly value: string;
  /** Why it is no JSON; null where it is. */
  readonly wrong: string | null;
  readonly marks: readonly Mark[];
  readonly onChange: (value: string) => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const lines = value.split('\n').length;
  return (
    <div className="field">
      <label className="field-name" htmlFor={id}>
        {name}
      </label>
      <div className="json-field">
        <Gutter ref={gutter} lines={lines} marks={marks} />
        <textarea
          id={id}
          ref={field}
          className="json"
          value={value}
          rows={Math.max(leastRows, Math.min(mostRows, lines + 1))}
          wrap="off"
          spellCheck={false}
          aria-invalid={wrong !== null || marks.length > 0}
          aria-describedby={`${id}-wrong`}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      <div id={`${id}-wrong`} role="status">
        {wrong !== null && (
          <p className="field-words" data-bad="true">
            {t('edit.noJson')} {wrong}
          </p>
        )}
        {marks.length > 0 && (
          <Marks marks={marks} onGo={(line) => selectLine(field.current, line)} />
        )}
      </div>
    </div>
  );
};
