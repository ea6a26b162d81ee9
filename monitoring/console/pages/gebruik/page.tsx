import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../api/ask.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/field.tsx';
import { Count } from '../../parts/figures.tsx';
import { Page as Frame, Section } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Answer, Empty } from '../../parts/states.tsx';
import { To } from '../../parts/to.tsx';
import { SpanChart } from './chart.tsx';
import './gebruik.css';
import { lastMonths, thisMonth } from './months.ts';
import { One } from './one.tsx';
import { useUsage, type Usage } from './queries.ts';
import { Tenants } from './tenants.tsx';
import { Bytes, Money, monthText } from './words.tsx';

const monthsOffered = 25;

const Figures = ({ usage: { totals, currency } }: { readonly usage: Usage }) => {
  const { t } = useTranslation('gebruik');
  const figures = [
    ...(['accepted', 'delivered', 'failed'] as const).map(
      (key) => [key, <Count key={key} value={totals[key]} />] as const,
    ),
    ['moved', <Bytes key="moved" value={totals.bytesIn + totals.bytesOut} />] as const,
    ['stored', <Bytes key="stored" value={totals.storedBytes} />] as const,
    ...(currency === null
      ? []
      : [['cost', <Money key="cost" cents={totals.costCents} currency={currency} />] as const]),
  ];
  return (
    <dl className="usage-figures">
      {figures.map(([key, value]) => (
        <div key={key} className="card">
          <dt>{t(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Charts = ({ usage }: { readonly usage: Usage }) => {
  const { t, i18n } = useTranslation('gebruik');
  const day = useCallback((span: string) => String(Number(span.slice(8))), []);
  const month = useCallback((span: string) => monthText(span, i18n.language), [i18n.language]);
  return (
    <div className="usage-charts">
      <SpanChart title={t('byDay')} spans={usage.days} spanText={day} />
      <SpanChart title={t('byMonth')} spans={usage.months} spanText={month} />
    </div>
  );
};

/** Whether there is anything to draw, in this month or in one before it. */
const hasSpans = ({ days, months }: Usage): boolean =>
  [...days, ...months].some(({ delivered, failed }) => delivered + failed > 0);

const Report = ({ usage }: { readonly usage: Usage }) => {
  const { t } = useTranslation('gebruik');
  const { one, tenants, totals } = usage;
  if (tenants.length === 0) return <Empty title={t('nobody')} />;
  return (
    <>
      {!usage.ended && <p className="fine">{t('notEnded')}</p>}
      <Figures usage={usage} />
      {totals.accepted + totals.delivered === 0 && <Empty title={t('nothing')} />}
      {hasSpans(usage) && <Charts usage={usage} />}
      {one ? (
        <One one={one} />
      ) : (
        <Section title={t('tenants')}>
          <Tenants usage={usage} />
        </Section>
      )}
    </>
  );
};

/** What was used in a month, whether it was kept to what was agreed, and what it costs. */
export const Page = () => {
  const { t, i18n } = useTranslation('gebruik');
  const [{ month = thisMonth(), tenant }, change] = useQueryPlace();
  const query = useUsage(month, tenant);
  const name = query.data?.one?.name ?? t('allTenants');
  const months = [...new Set([month, ...lastMonths(monthsOffered)])].sort().reverse();
  return (
    <Frame
      title={t('title')}
      lead={`${name}, ${monthText(month, i18n.language)}`}
      actions={
        <>
          <a className="button" href={`/admin/v1/usage.csv${queryOf({ month, tenant })}`} download>
            {t('csv')}
          </a>
          <Button onPress={() => globalThis.print()}>{t('print')}</Button>
        </>
      }
    >
      <div className="filters">
        <Choice
          name={t('month')}
          value={month}
          onChange={(chosen) => change({ month: chosen })}
          options={months.map((value) => ({ value, words: monthText(value, i18n.language) }))}
        />
        {tenant !== undefined && (
          <To path="/gebruik" query={{ month }}>
            {t('toAll')}
          </To>
        )}
      </div>
      <Answer query={query}>{(usage) => <Report usage={usage} />}</Answer>
    </Frame>
  );
};
