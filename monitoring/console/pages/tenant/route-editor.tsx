import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypeView } from '../../../tenants/shown.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { FilterTree } from './filter-tree.tsx';
import type { Route } from './queries.ts';

type Filter = NonNullable<Route['filter']>;

const simple = ['exact', 'prefix', 'suffix'] as const;

interface Test {
  readonly dialect: string;
  readonly attribute: string;
  readonly wanted: string;
}

const testOf = (filter: Filter): Test[] | null => {
  const [[dialect, content] = ['', null]] = Object.entries(filter);
  if (!(simple as readonly string[]).includes(dialect)) return null;
  return Object.entries(content as object).map(([attribute, wanted]) => ({
    ...{ dialect, attribute, wanted: String(wanted) },
  }));
};

/** The tests of a filter that is a list of them which all have to hold; null for one that only its text can show. */
export const testsOf = (filter: Filter | undefined): Test[] | null => {
  if (!filter) return [];
  const own = testOf(filter);
  if (own) return own;
  if (!Array.isArray(filter['all'])) return null;
  const parts = (filter['all'] as Filter[]).map(testOf);
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
};

/** The filter that says the same. */
export const filterOf = (tests: readonly Test[]): Filter | undefined => {
  const written = tests.map(({ dialect, attribute, wanted }): Filter => ({
    [dialect]: { [attribute]: wanted },
  }));
  return written.length > 1 ? { all: written } : written[0];
};

const parse = (text: string): Filter | undefined | null => {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Filter) : null;
  } catch {
    return null;
  }
};

const withFilter = ({ when, to }: Route, filter: Filter | undefined): Route => ({
  when,
  to,
  ...(filter && { filter }),
});

const FilterForm = ({
  route,
  onChange,
}: {
  readonly route: Route;
  readonly onChange: (route: Route) => void;
}) => {
  const { t } = useTranslation('tenant');
  const tests = testsOf(route.filter);
  const [text, setText] = useState<string | null>(
    tests ? null : JSON.stringify(route.filter, null, 2),
  );
  const put = (next: readonly Test[]): void => onChange(withFilter(route, filterOf(next)));
  if (text !== null || !tests)
    return (
      <div className="field">
        <label className="field-name">
          {t('filter.text')}
          <textarea
            rows={6}
            spellCheck={false}
            value={text ?? ''}
            aria-invalid={parse(text ?? '') === null}
            onChange={({ target }) => {
              setText(target.value);
              const filter = parse(target.value);
              if (filter !== null) onChange(withFilter(route, filter));
            }}
          />
        </label>
        {parse(text ?? '') === null && (
          <span className="field-words" data-bad="true" role="alert">
            {t('filter.unreadable')}
          </span>
        )}
        {tests && (
          <Button kind="quiet" onPress={() => setText(null)}>
            {t('filter.asForm')}
          </Button>
        )}
      </div>
    );
  return (
    <div className="form-group">
      {tests.map((test, index) => {
        const change = (more: Partial<Test>): void =>
          put(tests.map((one, at) => (at === index ? { ...one, ...more } : one)));
        return (
          <div key={index} className="filters">
            <Field
              name={t('filter.attribute')}
              value={test.attribute}
              onChange={(attribute) => change({ attribute })}
            />
            <Choice
              name={t('filter.how')}
              value={test.dialect}
              onChange={(dialect) => change({ dialect })}
              options={simple.map((value) => ({ value, words: t(`filter.${value}`) }))}
            />
            <Field
              name={t('filter.wanted')}
              value={test.wanted}
              onChange={(wanted) => change({ wanted })}
            />
            <Button kind="quiet" onPress={() => put(tests.filter((_, at) => at !== index))}>
              {t('form.remove')}
            </Button>
          </div>
        );
      })}
      <div className="row">
        <Button
          kind="quiet"
          onPress={() => put([...tests, { dialect: 'exact', attribute: 'source', wanted: '' }])}
        >
          {t('filter.add')}
        </Button>
        <Button kind="quiet" onPress={() => setText(JSON.stringify(route.filter ?? {}, null, 2))}>
          {t('filter.asText')}
        </Button>
      </div>
    </div>
  );
};

/** One route: the type, the filter as a form or as text, and the systems it leads to. */
export const RouteEditor = ({
  route,
  types,
  targets,
  onChange,
}: {
  readonly route: Route;
  readonly types: readonly TypeView[];
  readonly targets: readonly string[];
  readonly onChange: (route: Route) => void;
}) => {
  const { t, i18n } = useTranslation('tenant');
  return (
    <div className="form-group">
      <Choice
        name={t('routes.type')}
        value={route.when.type}
        onChange={(type) => onChange({ ...route, when: { type } })}
        options={types
          .filter(({ kind }) => kind !== 'answer')
          .map(({ type, title }) => ({
            value: type,
            words: `${title[i18n.language] ?? type} (${type})`,
          }))}
      />
      <FilterForm route={route} onChange={onChange} />
      {route.filter && <FilterTree filter={route.filter} />}
      <fieldset className="form-group">
        <legend className="field-name">{t('routes.to')}</legend>
        <div className="row">
          {targets.map((target) => (
            <label key={target} className="row">
              <input
                type="checkbox"
                checked={route.to.includes(target)}
                onChange={({ target: box }) =>
                  onChange({
                    ...route,
                    to: box.checked
                      ? [...route.to, target]
                      : route.to.filter((one) => one !== target),
                  })
                }
              />
              {target}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
};
