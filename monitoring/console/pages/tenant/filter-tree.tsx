import { useTranslation } from 'react-i18next';
import type { ExplainedFilter } from '../../../../services/tenants/explained-filter.ts';

type Filter = Readonly<Record<string, unknown>>;

const holdsOf = (explained: ExplainedFilter | null): 'yes' | 'no' | undefined => {
  if (!explained) return undefined;
  return explained.holds ? 'yes' : 'no';
};

const Tests = ({
  dialect,
  content,
  explained,
}: {
  dialect: string;
  content: Filter;
  explained: ExplainedFilter | null;
}) => {
  const { t } = useTranslation('tenant');
  return Object.entries(content).map(([attribute, wanted], index) => {
    const tried = explained?.tests[index];
    return (
      <li key={attribute} data-holds={tried && (tried.holds ? 'yes' : 'no')}>
        <code>{attribute}</code> {t(`filter.${dialect}`)} <code>{String(wanted)}</code>
        {tried && (
          <span className="filter-said"> {t(tried.holds ? 'filter.yes' : 'filter.no')}</span>
        )}
      </li>
    );
  });
};

const Said = ({ explained }: { readonly explained: ExplainedFilter | null }) => {
  const { t } = useTranslation('tenant');
  if (!explained) return null;
  return <span className="filter-said"> {t(explained.holds ? 'filter.yes' : 'filter.no')}</span>;
};

/** A filter as a sentence with branches; with what a message said to each of them where one was tried. */
export const FilterTree = ({
  filter,
  explained = null,
}: {
  readonly filter: Filter;
  readonly explained?: ExplainedFilter | null;
}) => {
  const { t } = useTranslation('tenant');
  const [[dialect, content] = ['', {}]] = Object.entries(filter);
  const nests = dialect === 'all' || dialect === 'any' || dialect === 'not';
  const parts = nests ? ([content].flat() as Filter[]) : [];
  return (
    <ul className="filter-tree">
      {nests ? (
        <li data-holds={holdsOf(explained)}>
          {t(`filter.${dialect}`)}
          <Said explained={explained} />
          {parts.map((part, index) => (
            <FilterTree
              key={`${index} ${JSON.stringify(part)}`}
              filter={part}
              explained={explained?.parts[index] ?? null}
            />
          ))}
        </li>
      ) : (
        <Tests dialect={dialect} content={content as Filter} explained={explained} />
      )}
    </ul>
  );
};
