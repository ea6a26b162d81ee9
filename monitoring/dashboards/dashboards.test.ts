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
  readonly panels?: readonly Panel[];
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
const panelsOf = (panels: readonly Panel[]): readonly Panel[] =>
  panels.flatMap((panel) => [panel, ...panelsOf(panel.panels ?? [])]);
const drawn = ({ panels }: Dashboard) => panelsOf(panels).filter(({ type }) => type !== 'row');
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

it('lets the reader choose source and line: each variable is there, is used, and asks for what is told', () => {
  for (const { templating, panels } of dashboards) {
    const text = JSON.stringify(panels);
    for (const { name, type, query } of templating.list) {
      expect(text).toContain(type === 'datasource' ? `\${${name}}` : `$${name}`);
      if (type === 'datasource') continue;
      const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(String(query)) ?? [];
      const metrics = series.match(/\b(?:lbbus_\w+|up)\b/g) ?? [];
      expect(metrics.length).toBeGreaterThan(0);
      for (const metric of metrics) expect(known.get(metric)).toContain(label);
    }
    const used = new Set([...text.matchAll(/\$\{?([a-z]+)\}?/g)].map(([, name]) => name));
    expect(new Set(templating.list.map(({ name }) => name))).toEqual(used);
  }
});
