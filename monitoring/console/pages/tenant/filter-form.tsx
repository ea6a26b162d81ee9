import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { filterOf, parse, simple, testsOf, type Filter, type Test } from './filter-tests.ts';
import type { Route } from './queries.ts';

const withFilter = ({ when, to }: Route, filter: Filter | undefined): Route => ({
  when,
  to,
  ...(filter && { filter }),
});

const FilterText = ({
  text,
  onText,
  onForm,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Null for a filter that only its text can show. */
  readonly onForm: (() => void) | null;
}) => {
  const { t } = useTranslation('tenant');
  const unreadable = parse(text) === null;
  return (
    <div className="field">
      <label className="field-name">
        {t('filter.text')}
        <textarea
          rows={6}
          spellCheck={false}
          value={text}
          aria-invalid={unreadable}
          onChange={({ target }) => onText(target.value)}
        />
      </label>
      {unreadable && (
        <span className="field-words" data-bad="true" role="alert">
          {t('filter.unreadable')}
        </span>
      )}
      {onForm && (
        <Button kind="quiet" onPress={onForm}>
          {t('filter.asForm')}
        </Button>
      )}
    </div>
  );
};

const TestLine = ({
  test,
  onChange,
  onRemove,
}: {
  readonly test: Test;
  readonly onChange: (more: Partial<Test>) => void;
  readonly onRemove: () => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="filters">
      <Field
        name={t('filter.attribute')}
        value={test.attribute}
        onChange={(attribute) => onChange({ attribute })}
      />
      <Choice
        name={t('filter.how')}
        value={test.dialect}
        onChange={(dialect) => onChange({ dialect })}
        options={simple.map((value) => ({ value, words: t(`filter.${value}`) }))}
      />
      <Field
        name={t('filter.wanted')}
        value={test.wanted}
        onChange={(wanted) => onChange({ wanted })}
      />
      <Button kind="quiet" onPress={onRemove}>
        {t('form.remove')}
      </Button>
    </div>
  );
};

const TestList = ({
  tests,
  onTests,
  onText,
}: {
  readonly tests: readonly Test[];
  readonly onTests: (tests: readonly Test[]) => void;
  readonly onText: () => void;
}) => {
  const { t } = useTranslation('tenant');
  const change = (index: number, more: Partial<Test>): void =>
    onTests(tests.map((one, at) => (at === index ? { ...one, ...more } : one)));
  const add = (): void =>
    onTests([...tests, { dialect: 'exact', attribute: 'source', wanted: '' }]);
  return (
    <div className="form-group">
      {tests.map((test, index) => (
        <TestLine
          key={index}
          test={test}
          onChange={(more) => change(index, more)}
          onRemove={() => onTests(tests.filter((_, at) => at !== index))}
        />
      ))}
      <div className="row">
        <Button kind="quiet" onPress={add}>
          {t('filter.add')}
        </Button>
        <Button kind="quiet" onPress={onText}>
          {t('filter.asText')}
        </Button>
      </div>
    </div>
  );
};

/** The filter of a route: a list of tests where it is one, else its text. */
export const FilterForm = ({
  route,
  onChange,
}: {
  readonly route: Route;
  readonly onChange: (route: Route) => void;
}) => {
  const tests = testsOf(route.filter);
  const [text, setText] = useState<string | null>(
    tests ? null : JSON.stringify(route.filter, null, 2),
  );
  const write = (next: string): void => {
    setText(next);
    const filter = parse(next);
    if (filter !== null) onChange(withFilter(route, filter));
  };
  if (text !== null || !tests)
    return <FilterText text={text ?? ''} onText={write} onForm={tests && (() => setText(null))} />;
  return (
    <TestList
      tests={tests}
      onTests={(next) => onChange(withFilter(route, filterOf(next)))}
      onText={() => setText(JSON.stringify(route.filter ?? {}, null, 2))}
    />
  );
};
