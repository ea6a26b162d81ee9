import { useTranslation } from 'react-i18next';
import { Copy } from '../../parts/copy.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Section } from '../../parts/page.tsx';
import { Answer, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { useChanges, type TenantView } from './queries.ts';
import { Difference } from './save.tsx';

/** How what stands differs from the last file that was applied. */
export const Drift = ({ view }: { readonly view: TenantView }) => {
  const { t } = useTranslation('tenant');
  const { applied } = view;
  if (!applied) return <p className="fine">{t('drift.unknown')}</p>;
  if (applied.differs.length === 0)
    return (
      <p className="fine">
        {t('drift.same')} <Moment at={applied.at} />
      </p>
    );
  return (
    <div className="notice" data-tone="warn">
      <p>
        {t('drift.differs')} <Moment at={applied.at} /> ({applied.by})
      </p>
      <Difference changes={applied.differs} />
      <p className="fine">
        {t('drift.todo')} <code>lb-bus get declaration -t {view.tenant}</code>
      </p>
    </div>
  );
};

/** Who changed what, and the declaration as a file. */
export const History = ({ view }: { readonly view: TenantView }) => {
  const { t } = useTranslation('tenant');
  const query = useChanges(view.tenant);
  return (
    <>
      <Section title={t('history.file')} actions={<Copy text={view.yaml} what="YAML" />}>
        <Drift view={view} />
        <pre className="card yaml" tabIndex={0}>
          {view.yaml}
        </pre>
      </Section>
      <Section title={t('history.title')}>
        <Answer query={query}>
          {({ changes }) =>
            changes.length === 0 ? (
              <Empty title={t('history.none')} />
            ) : (
              <Table
                label={t('history.title')}
                rows={changes}
                rowKey={({ version }) => String(version)}
                columns={[
                  {
                    key: 'at',
                    head: t('history.at'),
                    rowHead: true,
                    cell: ({ at }) => <Moment at={at} />,
                  },
                  {
                    key: 'by',
                    head: t('history.by'),
                    cell: ({ by, via }) => `${by} (${t(`history.via.${via}`)})`,
                  },
                  {
                    key: 'what',
                    head: t('history.what'),
                    cell: ({ words }) =>
                      words.map((line) => (
                        <div key={line}>
                          <code>{line}</code>
                        </div>
                      )),
                  },
                  { key: 'why', head: t('history.why'), cell: ({ reason }) => reason },
                ]}
              />
            )
          }
        </Answer>
      </Section>
    </>
  );
};
