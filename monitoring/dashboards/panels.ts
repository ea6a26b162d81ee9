import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

const source = { type: 'prometheus', uid: '${datasource}' };

/** A line of a panel: what it asks, and how its series are named. */
export type Query = readonly [expression: string, legend: string];

interface Shown {
  readonly title: string;
  readonly description: string;
  /** Unit of Grafana: `s`, `short`, `percentunit`, `bytes`, `ops`. */
  readonly unit: string;
  readonly queries: readonly Query[];
}

const halfWidth = 12;
const height = 8;

const targetOf = ([expression, legend]: Query, index: number) =>
  new DataqueryBuilder()
    .expr(expression)
    .legendFormat(legend)
    .refId(String.fromCharCode('A'.charCodeAt(0) + index));

/** Curves over time, half a screen wide. */
export const curves = ({ title, description, unit, queries }: Shown): cog.Builder<Panel> => {
  const panel = new TimeseriesBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .min(0)
    .span(halfWidth)
    .height(height)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    );
  queries.forEach((query, index) => panel.withTarget(targetOf(query, index)));
  return panel;
};

/** One number of now, a sixth of a screen wide. */
export const number = ({ title, description, unit, queries }: Shown): cog.Builder<Panel> => {
  const panel = new StatBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .span(4)
    .height(4);
  queries.forEach((query, index) => panel.withTarget(targetOf(query, index).instant()));
  return panel;
};

/** Rows of now: a series each. */
export const rows = ({ title, description, unit, queries }: Shown): cog.Builder<Panel> => {
  const panel = new TableBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .span(halfWidth)
    .height(height);
  queries.forEach((query, index) =>
    panel.withTarget(targetOf(query, index).instant().format(PromQueryFormat.Table)),
  );
  return panel;
};

/** A variable with the values of a label; `series` is where they are looked for. */
export const choice = (name: string, label: string, series: string) =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query(`label_values(${series}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(1);

/** An empty dashboard; `uid` never changes, so that links to it keep working. */
export const dashboard = (uid: string, title: string): DashboardBuilder =>
  new DashboardBuilder(title)
    .uid(uid)
    .tags(['lb-bus', 'generated'])
    .readonly()
    .time({ from: 'now-6h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Source').type('prometheus'));
