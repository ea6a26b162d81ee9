import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
  type Panel,
  type RowPanel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Board, Choice, PanelWords, Query } from './board.js';

const source = { type: 'prometheus', uid: '${datasource}' };

const targetOf = ([expression, legend]: Query, index: number) =>
  new DataqueryBuilder()
    .expr(expression)
    .legendFormat(legend)
    .refId(String.fromCharCode('A'.charCodeAt(0) + index));

const legend = () =>
  new common.VizLegendOptionsBuilder()
    .displayMode(common.LegendDisplayMode.Table)
    .placement(common.LegendPlacement.Bottom)
    .showLegend(true)
    .calcs(['lastNotNull', 'max']);

type Draw = (words: PanelWords) => Panel;

const drawing: Readonly<Record<PanelWords['as'], Draw>> = {
  curves: ({ unit, queries }) => {
    const panel = new TimeseriesBuilder().unit(unit).min(0).span(12).height(8).legend(legend());
    queries.forEach((query, index) => panel.withTarget(targetOf(query, index)));
    return panel.build();
  },
  rows: ({ unit, queries }) => {
    const panel = new TableBuilder().unit(unit).span(12).height(8);
    queries.forEach((query, index) =>
      panel.withTarget(targetOf(query, index).instant().format(PromQueryFormat.Table)),
    );
    return panel.build();
  },
  number: ({ unit, queries }) => {
    const panel = new StatBuilder().unit(unit).span(4).height(4);
    queries.forEach((query, index) => panel.withTarget(targetOf(query, index).instant()));
    return panel.build();
  },
};

const screenWidth = 24;

/** Lays panels out from the left, and below where the screen is full; begins under `top`. Answers where it ended. */
const layOut = (panels: readonly Panel[], top: number): number => {
  let x = 0;
  let y = top;
  let bottom = top;
  for (const { gridPos } of panels) {
    if (!gridPos) continue;
    if (x + gridPos.w > screenWidth) [x, y] = [0, bottom];
    Object.assign(gridPos, { x, y });
    x += gridPos.w;
    bottom = Math.max(bottom, y + gridPos.h);
  }
  return bottom;
};

const drawn = (words: PanelWords): Panel => {
  const { title, description } = words;
  return Object.assign(drawing[words.as](words), { title, description, datasource: source });
};

const panelsOf = ({ rows }: Board): readonly (Panel | RowPanel)[] => {
  let bottom = 0;
  const all = rows.flatMap(({ title, panels }) => {
    const row = new RowBuilder(title).build();
    row.gridPos = { x: 0, y: bottom, w: screenWidth, h: 1 };
    const below = panels.map(drawn);
    bottom = layOut(below, bottom + 1);
    return [row, ...below];
  });
  return all.map((panel, index) => Object.assign(panel, { id: index + 1 }));
};

const variableOf = ({ name, label, series, many = false }: Choice): VariableModel => {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query(`label_values(${series}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  return (many ? variable.multi(true).includeAll(true).allValue('.+') : variable).build();
};

const sourceVariable = (): VariableModel =>
  new DatasourceVariableBuilder('datasource').label('Source').type('prometheus').build();

/** The dashboard as Grafana provisions it. */
export const drawBoard = (board: Board): object => ({
  uid: board.uid,
  title: board.title,
  tags: ['lb-bus', 'generated'],
  editable: false,
  schemaVersion: 39,
  timezone: 'browser',
  refresh: '30s',
  time: { from: 'now-6h', to: 'now' },
  templating: { list: [sourceVariable(), ...board.variables.map(variableOf)] },
  panels: panelsOf(board),
});
