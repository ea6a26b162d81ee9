import { useTranslation } from 'react-i18next';
import { durationText } from '../../parts/figures.tsx';
import { numberText } from '../../parts/formats.ts';
import { Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { Lines } from './lines.tsx';
import type { OneTenant } from './queries.ts';
import { bytesText, Money, percentText } from './words.tsx';

type Cost = NonNullable<OneTenant['cost']>;

const Costs = ({ cost }: { readonly cost: Cost }) => {
  const { t, i18n } = useTranslation('gebruik');
  const { currency, lines, totalCents } = cost;
  return (
    <div className="table-box">
      <table aria-label={t('cost')}>
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            <th scope="col" data-number>
              {t('amount')}
            </th>
            <th scope="col" data-number>
              {t('price')}
            </th>
            <th scope="col" data-number>
              {t('cost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ item, amount, price, cents }) => (
            <tr key={item}>
              <th scope="row" data-label={t('item')}>
                {t(`items.${item}`)}
              </th>
              <td data-number data-label={t('amount')}>
                {numberText(amount, i18n.language, { maximumFractionDigits: 3 })}
              </td>
              <td data-number data-label={t('price')}>
                {price.replace('.', i18n.language === 'en' ? '.' : ',')}
              </td>
              <td data-number data-label={t('cost')}>
                <Money cents={cents} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('total')}
            </th>
            <td data-number>
              <Money cents={totalCents} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
};

type Comparison = OneTenant['comparisons'][number];

const valueText = (measure: Comparison['measure'], value: number, language: string): string => {
  if (measure === 'failedShare') return percentText(value * 100, language);
  if (measure === 'availabilityPercent') return percentText(value, language);
  if (measure === 'p95Ms') return durationText(value, language);
  if (measure === 'storedBytes') return bytesText(value, language);
  return numberText(value, language);
};

const Comparisons = ({ comparisons }: Pick<OneTenant, 'comparisons'>) => {
  const { t, i18n } = useTranslation('gebruik');
  if (comparisons.length === 0) return <p className="fine">{t('tooFew')}</p>;
  const text = (value: (row: Comparison) => number) => (row: Comparison) =>
    valueText(row.measure, value(row), i18n.language);
  return (
    <Table
      label={t('compare')}
      rows={comparisons}
      rowKey={({ measure }) => measure}
      columns={[
        {
          key: 'measure',
          head: t('measure'),
          cell: ({ measure }) => t(`measures.${measure}`),
          rowHead: true,
        },
        { key: 'own', head: t('own'), cell: text(({ own }) => own), number: true },
        { key: 'median', head: t('median'), cell: text(({ median }) => median), number: true },
        {
          ...{ key: 'percentile', head: t('percentile') },
          cell: ({ percentile, tenants }) => t('moreThan', { percentile, tenants }),
        },
      ]}
    />
  );
};

/** One tenant: its lines against what was agreed, what it costs, and where it stands among all. */
export const One = ({ one }: { readonly one: OneTenant }) => {
  const { t, i18n } = useTranslation('gebruik');
  const { agreed } = one;
  return (
    <>
      <Section title={t('lines')}>
        <p className="fine">
          {t('agreed', {
            availability: percentText(agreed.availabilityPercent, i18n.language),
            within: durationText(agreed.withinMs, i18n.language),
          })}
        </p>
        <Lines lines={one.lines} />
      </Section>
      {one.cost && (
        <Section title={t('cost')}>
          <Costs cost={one.cost} />
        </Section>
      )}
      <Section title={t('compare')}>
        <Comparisons comparisons={one.comparisons} />
      </Section>
    </>
  );
};
