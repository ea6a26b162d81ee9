import { useTranslation } from 'react-i18next';
import type { TenantOverview, ToldLine } from '../../../health/overview.ts';
import { useSession } from '../../api/session.ts';
import { Badge } from '../../parts/badge.tsx';
import { Count, Duration, Moment } from '../../parts/figures.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { To } from '../../parts/to.tsx';
import { ChangesList } from './changes-list.tsx';
import { useTenantOverview } from './queries.ts';
import { Way } from './way.tsx';
import { clockText, toneOf, useCauseWords } from './words.ts';

const CauseCards = ({ tenant }: { readonly tenant: TenantOverview }) => {
  const { t, i18n } = useTranslation('overzicht');
  const { words, advice } = useCauseWords();
  if (tenant.causes.length === 0)
    return (
      <p className="notice" data-tone={toneOf[tenant.severity]}>
        {t(`calm.${tenant.severity}`)}
      </p>
    );
  return (
    <ul className="causes">
      {tenant.causes.map((cause) => (
        <li
          key={`${cause.target} ${cause.code} ${cause.what ?? ''}`}
          className="notice"
          data-tone={toneOf[cause.severity]}
        >
          <strong>
            {cause.target !== '' && `${cause.target}: `}
            {words(cause)}
          </strong>
          <span>{advice(cause)}</span>
          <span className="row">
            <Way link={cause.link}>{t('putRight')}</Way>
            {cause.at !== null && Date.parse(cause.at) < Date.now() && (
              <span className="fine">
                {t('since', { when: clockText(cause.at, i18n.language) })}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};

const useColumns = (): readonly Column<ToldLine>[] => {
  const { t } = useTranslation('overzicht');
  const { words } = useCauseWords();
  const count = (key: 'delivered' | 'waiting' | 'held' | 'parked'): Column<ToldLine> => ({
    key,
    head: t(`columns.${key}`),
    number: true,
    cell: ({ counts }) => <Count value={counts[key]} />,
  });
  return [
    {
      key: 'target',
      head: t('columns.system'),
      rowHead: true,
      cell: ({ target, connector }) => (
        <>
          {target}
          {connector !== target && <span className="fine"> {connector}</span>}
        </>
      ),
    },
    {
      key: 'state',
      head: t('columns.state'),
      cell: ({ severity, since, causes: [worst] }) => (
        <span className="line-state">
          <Badge tone={toneOf[severity]}>{t(`severities.${severity}`)}</Badge>
          {worst && <Way link={worst.link}>{words(worst)}</Way>}
          {since !== null && (
            <span className="fine">
              <Moment at={since} ago />
            </span>
          )}
        </span>
      ),
    },
    count('delivered'),
    {
      key: 'p95',
      head: t('columns.p95'),
      number: true,
      cell: ({ p95Seconds }) => (p95Seconds === null ? '–' : <Duration ms={p95Seconds * 1_000} />),
    },
    {
      key: 'queued',
      head: t('columns.queued'),
      number: true,
      cell: ({ counts: { queued } }) => (queued === null ? '–' : <Count value={queued} />),
    },
    count('waiting'),
    count('held'),
    count('parked'),
  ];
};

const Lines = ({ tenant }: { readonly tenant: TenantOverview }) => {
  const { t } = useTranslation('overzicht');
  const columns = useColumns();
  if (tenant.lines.length === 0)
    return <Empty title={t('noLines.title')}>{t('noLines.words')}</Empty>;
  return (
    <Table
      label={t('lines')}
      columns={columns}
      rows={tenant.lines}
      rowKey={({ target }) => target}
    />
  );
};

/** One tenant: what is the matter and what to do about it, each of its systems, and what changed. */
export const OneTenant = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('overzicht');
  const { person } = useSession();
  const query = useTenantOverview(id);
  const alone = person.tenants?.length === 1;
  return (
    <Page
      title={query.data?.name ?? id}
      {...(query.data && {
        lead: (
          <Badge tone={toneOf[query.data.severity]}>{t(`severities.${query.data.severity}`)}</Badge>
        ),
      })}
      actions={
        <>
          {!alone && <To path="/">{t('allTenants')}</To>}
          <To path="/kaart" query={{ tenant: id }}>
            {t('toMap')}
          </To>
        </>
      }
    >
      <Answer query={query}>
        {(tenant) => (
          <div className="overview">
            <div className="page">
              <CauseCards tenant={tenant} />
              <Section title={t('lines')}>
                <Lines tenant={tenant} />
              </Section>
            </div>
            <Section title={t('changes.title')}>
              <ChangesList tenant={id} />
            </Section>
          </div>
        )}
      </Answer>
    </Page>
  );
};
