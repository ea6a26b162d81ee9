import { BarChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Count } from '../../parts/figures.tsx';
import { colour } from '../../parts/colour.ts';
import { Table } from '../../parts/table.tsx';
import type { Usage } from './queries.ts';

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

type Span = Usage['days'][number];

const barOf = (name: string, data: readonly number[], property: string, decal: string) => ({
  type: 'bar' as const,
  stack: 'ends',
  name,
  data: [...data],
  itemStyle: { color: colour(property), decal: { symbol: decal } },
});

const optionOf = (
  spans: readonly Span[],
  words: { delivered: string; failed: string; span: (span: string) => string },
) => {
  const [ink, line] = [colour('--muted'), colour('--line')];
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    tooltip: { trigger: 'axis' as const, renderMode: 'richText' as const },
    legend: { textStyle: { color: ink }, right: 0, top: 0 },
    grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category' as const,
      data: spans.map(({ span }) => words.span(span)),
      axisLabel: { color: ink, hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
    },
    yAxis: {
      type: 'value' as const,
      minInterval: 1,
      axisLabel: { color: ink },
      splitLine: { lineStyle: { color: line } },
    },
    series: [
      barOf(
        words.delivered,
        spans.map(({ delivered }) => delivered),
        '--accent',
        'none',
      ),
      barOf(
        words.failed,
        spans.map(({ failed }) => failed),
        '--bad',
        'rect',
      ),
    ],
  };
};

const Drawing = ({
  spans,
  spanText,
}: {
  readonly spans: readonly Span[];
  readonly spanText: (span: string) => string;
}) => {
  const { t } = useTranslation('gebruik');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const chart = init(place.current, null, { renderer: 'canvas' });
    const draw = (): void =>
      chart.setOption(
        optionOf(spans, { delivered: t('delivered'), failed: t('failed'), span: spanText }),
        { notMerge: true },
      );
    draw();
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(place.current);
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      chart.dispose();
    };
  }, [spans, spanText, t]);
  return <div ref={place} className="chart" aria-hidden="true" />;
};

/** What was delivered and what was not, drawn; and the same as a table for whoever does not see the drawing. */
export const SpanChart = ({
  title,
  spans,
  spanText,
}: {
  readonly title: string;
  readonly spans: readonly Span[];
  readonly spanText: (span: string) => string;
}) => {
  const { t } = useTranslation('gebruik');
  return (
    <figure className="card usage-figure">
      <figcaption>{title}</figcaption>
      <Drawing spans={spans} spanText={spanText} />
      <details>
        <summary>{t('asTable')}</summary>
        <Table
          label={title}
          rows={spans}
          rowKey={({ span }) => span}
          columns={[
            { key: 'span', head: t('when'), cell: ({ span }) => spanText(span), rowHead: true },
            {
              key: 'accepted',
              head: t('accepted'),
              cell: ({ accepted }) => <Count value={accepted} />,
              number: true,
            },
            {
              key: 'delivered',
              head: t('delivered'),
              cell: ({ delivered }) => <Count value={delivered} />,
              number: true,
            },
            {
              key: 'failed',
              head: t('failed'),
              cell: ({ failed }) => <Count value={failed} />,
              number: true,
            },
          ]}
        />
      </details>
    </figure>
  );
};
