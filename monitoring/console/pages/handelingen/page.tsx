import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../../../acts/read-acts.ts';
import { post } from '../../api/ask.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Page as Frame } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { TenantPicker, useTenants } from '../../parts/tenant-picker.tsx';
import { To } from '../../parts/to.tsx';
import { saveActs, wishOf, type ActsWish } from './wish.ts';
import './handelingen.css';

interface Found {
  readonly acts: readonly Act[];
  readonly next: string | null;
}

const useActs = (wish: ActsWish) =>
  useInfiniteQuery({
    queryKey: ['acts', wish],
    queryFn: ({ pageParam }) =>
      post<Found>('acts/searches', { ...wishOf(wish), ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** On what it was done: a message can be gone to. */
const Subject = ({ act }: { readonly act: Act }) => {
  const { t } = useTranslation('handelingen');
  return (
    <ul className="done-to">
      {Object.entries(act.subject).map(([name, value]) => (
        <li key={name}>
          {t(`subjects.${name}`, { defaultValue: name })}{' '}
          {name === 'message' && act.tenant !== '*' ? (
            <To path="/berichten/$tenant/$id" params={{ tenant: act.tenant, id: value }}>
              <code>{value}</code>
            </To>
          ) : (
            <code>{value}</code>
          )}
        </li>
      ))}
    </ul>
  );
};

const useColumns = (): readonly Column<Act>[] => {
  const { t } = useTranslation('handelingen');
  const { data: tenants = [] } = useTenants();
  const nameOf = (tenant: string): string =>
    tenant === '*' ? t('several') : (tenants.find(({ id }) => id === tenant)?.name ?? tenant);
  return [
    { key: 'at', head: t('columns.at'), cell: ({ at }) => <Moment at={at} /> },
    { key: 'person', head: t('columns.person'), rowHead: true, cell: ({ person }) => person },
    {
      key: 'kind',
      head: t('columns.kind'),
      cell: ({ kind }) => t(`kinds.${kind}`, { defaultValue: kind }),
    },
    { key: 'tenant', head: t('columns.tenant'), cell: ({ tenant }) => nameOf(tenant) },
    { key: 'subject', head: t('columns.subject'), cell: (act) => <Subject act={act} /> },
    { key: 'reason', head: t('columns.reason'), cell: ({ reason }) => reason },
  ];
};

const Filters = ({
  wish,
  onPerson,
  onChange,
}: {
  readonly wish: ActsWish;
  readonly onPerson: (person: string) => void;
  readonly onChange: (changes: Readonly<Record<string, string>>) => void;
}) => {
  const { t } = useTranslation('handelingen');
  const kinds = Object.entries(t('kinds', { returnObjects: true }) as Record<string, string>);
  return (
    <div className="filters">
      <Field name={t('filters.person')} type="search" value={wish.person} onChange={onPerson} />
      <Choice
        name={t('filters.kind')}
        value={wish.kind}
        onChange={(kind) => onChange({ kind })}
        options={[
          { value: '', words: t('any') },
          ...kinds.map(([value, words]) => ({ value, words })),
        ]}
      />
      <TenantPicker value={wish.tenant} onChange={(tenant) => onChange({ tenant })} />
      <Field
        name={t('filters.since')}
        type="date"
        value={wish.since}
        onChange={(since) => onChange({ since })}
      />
      <Field
        name={t('filters.until')}
        type="date"
        value={wish.until}
        onChange={(until) => onChange({ until })}
      />
    </div>
  );
};

const Results = ({ wish }: { readonly wish: ActsWish }) => {
  const { t } = useTranslation('handelingen');
  const columns = useColumns();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useActs(wish);
  if (!data) return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
  const acts = data.pages.flatMap((page) => page.acts);
  if (acts.length === 0)
    return (
      <Empty title={t('none.title')}>
        <p>{t('none.words')}</p>
      </Empty>
    );
  const more = { load: () => void fetchNextPage(), busy: isFetchingNextPage };
  return (
    <>
      {error && <Failed error={error} again={() => void refetch()} />}
      <Table
        label={t('title')}
        columns={columns}
        rows={acts}
        rowKey={({ id }) => id}
        more={hasNextPage ? more : null}
      />
    </>
  );
};

const Export = ({ wish }: { readonly wish: ActsWish }) => {
  const { t } = useTranslation('handelingen');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await saveActs(wish);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  return (
    <>
      <Button onPress={() => void save()} busy={busy}>
        {t('export')}
      </Button>
      {error !== null && <Failed error={error} />}
    </>
  );
};

/** Who did what. The name of a person is typed here and stands in no address. */
export const Page = () => {
  const { t } = useTranslation('handelingen');
  const [place, change] = useQueryPlace();
  const [person, setPerson] = useState('');
  const { tenant = '', kind = '', since = '', until = '' } = place;
  const wish: ActsWish = { person, tenant, kind, since, until };
  return (
    <Frame title={t('title')} lead={t('lead')} actions={<Export wish={wish} />}>
      <Filters wish={wish} onPerson={setPerson} onChange={change} />
      <Results wish={wish} />
    </Frame>
  );
};
