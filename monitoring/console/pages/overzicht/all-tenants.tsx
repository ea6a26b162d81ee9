import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Severity } from '../../../health/health.ts';
import type { Overview, ToldTenant } from '../../../health/overview.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Answer, Empty } from '../../parts/states.tsx';
import { ChangesList } from './changes-list.tsx';
import { FiguresStrip } from './figures-strip.tsx';
import { grouped, groupings, onlyWith, severities, wished, type Wish } from './grouping.ts';
import { useOverview } from './queries.ts';
import { Tiles, type Group } from './tiles.tsx';
import { toneOf } from './words.ts';

/** With more tenants than these only what is wrong is told in full. */
const fewTenants = 60;

const useWish = (): readonly [Wish, (change: Readonly<Record<string, string>>) => void] => {
  const [place, change] = useQueryPlace();
  const grouping = groupings.find((one) => one === place['per']) ?? 'state';
  const severity = severities.find((one) => one === place['toestand']) ?? null;
  return [{ grouping, severity, text: place['zoek'] ?? '' }, change];
};

const useGroups = (tenants: readonly ToldTenant[], { grouping }: Wish): readonly Group[] => {
  const { t, i18n } = useTranslation('overzicht');
  const inOrder = (names: Iterable<string>) =>
    [...names].sort((one, other) => one.localeCompare(other, i18n.language));
  if (grouping === 'state') {
    const groups = grouped(tenants, ({ severity }) => [severity]);
    return severities
      .filter((severity) => groups.has(severity))
      .map((severity) => ({
        ...{ key: severity, name: t(`severities.${severity}`), large: true, stated: true },
        tenants: groups.get(severity) ?? [],
      }));
  }
  const large = tenants.length <= fewTenants;
  if (grouping === 'name') {
    const name = t('groupings.everything');
    return [{ key: 'name', name, tenants, large, stated: false }];
  }
  const groups = grouped(tenants, ({ lines }) => [
    ...new Set(lines.map(({ connector }) => connector)),
  ]);
  return inOrder(groups.keys()).map((connector) => ({
    ...{ key: connector, name: connector, large, stated: false },
    tenants: (groups.get(connector) ?? [])
      .map((tenant) => onlyWith(tenant, connector))
      .sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity)),
  }));
};

const Legend = ({
  counts,
  chosen,
  onChoose,
}: {
  readonly counts: Overview['severities'];
  readonly chosen: Severity | null;
  readonly onChoose: (severity: Severity | null) => void;
}) => {
  const { t } = useTranslation('overzicht');
  return (
    <div className="legend" role="group" aria-label={t('legend')}>
      {severities
        .filter((severity) => counts[severity] > 0)
        .map((severity) => (
          <button
            key={severity}
            type="button"
            className="badge"
            data-tone={toneOf[severity]}
            aria-pressed={chosen === severity}
            onClick={() => onChoose(chosen === severity ? null : severity)}
          >
            {counts[severity]} {t(`severities.${severity}`)}
          </button>
        ))}
    </div>
  );
};

const HeatMap = ({ overview }: { readonly overview: Overview }) => {
  const { t } = useTranslation('overzicht');
  const [wish, change] = useWish();
  const text = useDeferredValue(wish.text);
  const tenants = wished(overview.tenants, { ...wish, text });
  const groups = useGroups(tenants, wish);
  if (overview.tenants.length === 0)
    return <Empty title={t('empty.title')}>{t('empty.words')}</Empty>;
  return (
    <>
      <div className="heat-head">
        <Legend
          counts={overview.severities}
          chosen={wish.severity}
          onChoose={(severity) => change({ toestand: severity ?? '' })}
        />
        <Field
          name={t('search')}
          type="search"
          value={wish.text}
          onChange={(zoek) => change({ zoek })}
        />
        <Choice
          name={t('arrange')}
          value={wish.grouping}
          onChange={(per) => change({ per })}
          options={groupings.map((value) => ({ value, words: t(`groupings.${value}`) }))}
        />
      </div>
      {tenants.length === 0 ? (
        <Empty title={t('nobody.title')}>{t('nobody.words')}</Empty>
      ) : (
        <Tiles groups={groups} />
      )}
      {!overview.queuesKnown && <p className="fine">{t('queuesUnknown')}</p>}
    </>
  );
};

const Lead = ({ overview: { severities: counts, tenants } }: { readonly overview: Overview }) => {
  const { t } = useTranslation('overzicht');
  if (tenants.length === 0) return t('lead.nobody');
  if (counts.bad > 0) return t('lead.bad', { count: counts.bad });
  if (counts.attention > 0) return t('lead.attention', { count: counts.attention });
  return t('lead.fine');
};

/** All tenants that are reached as a map by their health, and what changed in the last hour. */
export const AllTenants = () => {
  const { t } = useTranslation('overzicht');
  const query = useOverview();
  return (
    <Page title={t('title')} lead={query.data && <Lead overview={query.data} />}>
      <FiguresStrip />
      <div className="overview">
        <Section title={t('heat')}>
          <Answer query={query}>{(overview) => <HeatMap overview={overview} />}</Answer>
        </Section>
        <Section title={t('changes.title')}>
          <ChangesList />
        </Section>
      </div>
    </Page>
  );
};
