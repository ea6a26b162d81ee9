import { useTranslation } from 'react-i18next';
import type { TypeView } from '../../../tenants/shown.ts';
import { Choice } from '../../parts/field.tsx';
import { FilterForm } from './filter-form.tsx';
import { FilterTree } from './filter-tree.tsx';
import type { Route } from './queries.ts';

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
