import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { FilterGroup } from './filter-group.tsx';
import { filterOf, parse, partsOf, type Filter, type Group } from './filter-parts.ts';
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

/** The parts as somebody left them, also where a filter says the same in fewer words; else as the filter is. */
const useParts = (filter: Filter | undefined) => {
  const [kept, keep] = useState<Group | null>(null);
  const same = kept !== null && JSON.stringify(filterOf(kept)) === JSON.stringify(filter);
  return { parts: same ? kept : partsOf(filter), keep };
};

/** The filter of a route: a form of tests in groups, or its text for who writes it, and for what no form shows. */
export const FilterForm = ({
  route,
  onChange,
}: {
  readonly route: Route;
  readonly onChange: (route: Route) => void;
}) => {
  const { t } = useTranslation('tenant');
  const { parts, keep } = useParts(route.filter);
  const [text, setText] = useState<string | null>(
    parts ? null : JSON.stringify(route.filter, null, 2),
  );
  const write = (next: string): void => {
    setText(next);
    const filter = parse(next);
    if (filter !== null) onChange(withFilter(route, filter));
  };
  if (text !== null || !parts)
    return <FilterText text={text ?? ''} onText={write} onForm={parts && (() => setText(null))} />;
  const change = (next: Group): void => {
    keep(next);
    onChange(withFilter(route, filterOf(next)));
  };
  return (
    <div className="form-group">
      <FilterGroup group={parts} onChange={change} />
      <div className="row">
        <Button kind="quiet" onPress={() => setText(JSON.stringify(route.filter ?? {}, null, 2))}>
          {t('filter.asText')}
        </Button>
      </div>
    </div>
  );
};
