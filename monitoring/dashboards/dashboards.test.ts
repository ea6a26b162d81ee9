import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { knownSeries, unknownIn } from '#infra/testing/known-series.js';
import { packageRoot } from '#runtime/root.js';

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[];
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
}
interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: unknown;
    }[];
  };
}

const folder = join(packageRoot, 'monitoring/dashboards');
const dashboards = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard);
const known = knownSeries();
const drawn = ({ panels }: Dashboard) => panels.filter(({ type }) => type !== 'row');
const expressionsOf = (panel: Panel) => (panel.targets ?? []).map(({ expr }) => expr);

it('keeps the addresses of its dashboards', () => {
  expect(dashboards.map(({ uid }) => uid).sort()).toEqual([
    'lbbus-broker',
    'lbbus-connector',
    'lbbus-overview',
    'lbbus-tenant',
  ]);
});

it('draws only what is told, by labels that it has', () => {
  const unknown = dashboards.flatMap((dashboard) =>
    drawn(dashboard).flatMap((panel) =>
      expressionsOf(panel).flatMap((expression) =>
        unknownIn(expression, known).map((word) => `${dashboard.uid}, ${panel.title}: ${word}`),
      ),
    ),
  );
  expect(unknown).toEqual([]);
  expect(dashboards.flatMap(drawn).every((panel) => expressionsOf(panel).length > 0)).toBe(true);
});

it('names series by labels that the expression leaves', () => {
  for (const { expr, legendFormat = '' } of dashboards
    .flatMap(drawn)
    .flatMap(({ targets }) => targets ?? []))
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      const grouped = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(', ');
      expect(grouped ?? [...known.values()].flat()).toContain(label);
    }
});

it('lets the reader choose source and line: each variable is there, and is used', () => {
  for (const { templating, panels } of dashboards) {
    const used = new Set(
      [...JSON.stringify(panels).matchAll(/\$\{?([a-z]+)\}?/g)].map(([, name]) => name),
    );
    expect(used).toEqual(new Set(templating.list.map(({ name }) => name)));
  }
});

it('looks for what can be chosen where it is told', () => {
  const asked = dashboards
    .flatMap(({ templating }) => templating.list)
    .filter(({ type }) => type === 'query');
  expect(asked.length).toBeGreaterThan(2);
  for (const { query } of asked) {
    const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(String(query)) ?? [];
    const metrics = series.match(/\b(?:lbbus_\w+|up)\b/g) ?? ['none'];
    for (const metric of metrics) expect(known.get(metric)).toContain(label);
  }
});

it('lays no panel over another', () => {
  for (const { panels } of dashboards) {
    const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  }
});
