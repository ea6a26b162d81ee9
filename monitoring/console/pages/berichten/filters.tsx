import { useTranslation } from 'react-i18next';

import { Choice, Field } from '../../parts/field.tsx';
import { TenantPicker } from '../../parts/tenant-picker.tsx';
import { useTypeName, useTypes, type Filters } from './queries.ts';
import { outcomes, statuses } from './words.ts';

type Changes = Readonly<Record<string, string>>;

/** What the list is cut to, beside what is typed. */
export const FilterFields = ({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (changes: Changes) => void;
}) => {
  const { t, i18n } = useTranslation('berichten');
  const { data: types = [] } = useTypes();
  const nameOf = useTypeName();
  const any = { value: '', words: t('any') };
  const choice = (
    name: 'status' | 'type' | 'outcome',
    options: readonly { value: string; words: string }[],
  ) => (
    <Choice
      name={t(`filters.${name}`)}
      value={filters[name] ?? ''}
      onChange={(value) => onChange({ [name]: value })}
      options={[any, ...options]}
    />
  );
  return (
    <div className="filters">
      <TenantPicker value={filters.tenant ?? ''} onChange={(tenant) => onChange({ tenant })} />
      {choice(
        'status',
        statuses.map((value) => ({ value, words: t(`parts:statuses.${value}`) })),
      )}
      {choice(
        'type',
        types.map(({ type }) => ({ value: type, words: nameOf(type, i18n.language) })),
      )}
      {choice(
        'outcome',
        outcomes.map((value) => ({ value, words: t(`outcomes.${value}`) })),
      )}
      <Field
        name={t('filters.target')}
        value={filters.target ?? ''}
        onChange={(target) => onChange({ target })}
      />
      <Field
        name={t('filters.since')}
        type="date"
        value={filters.since ?? ''}
        onChange={(since) => onChange({ since })}
      />
      <Field
        name={t('filters.until')}
        type="date"
        value={filters.until ?? ''}
        onChange={(until) => onChange({ until })}
      />
    </div>
  );
};
