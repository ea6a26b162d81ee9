import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { knownSeries, rulesIn, unknownIn } from '#infra/testing/known-series.js';
import { run } from '#infra/testing/prometheus.js';
import { packageRoot } from '#runtime/root.js';

const here = join(packageRoot, 'monitoring/alerts');
const pages = join(packageRoot, 'docs/operate/alerts');
const filesIn = (folder: string): string[] =>
  readdirSync(join(here, folder)).map((file) => join(here, folder, file));

interface Expected {
  readonly alertname: string;
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
}
interface TestFile {
  readonly tests: readonly { readonly alert_rule_test: readonly Expected[] }[];
}

const expectations = filesIn('tests').flatMap((file) =>
  (parse(readFileSync(file, 'utf8')) as TestFile).tests.flatMap((one) => one.alert_rule_test),
);
const alerts = rulesIn('alerts.yml');
const known = knownSeries();
const labelled = (name: string, labels: Readonly<Record<string, string>> = {}): string =>
  [name, labels['severity'], labels['window']].filter((word) => word !== undefined).join(' ');

it('holds rules that promtool accepts', async () => {
  const { code, said } = await run('promtool', 'check', 'rules', ...filesIn('rules'));
  expect([code, said]).toEqual([0, expect.stringContaining('rules found')]);
});

it('fires and stays quiet where promtool tests it', async () => {
  const tested = filesIn('tests').map((file) => run('promtool', 'test', 'rules', file));
  for (const { code, said } of await Promise.all(tested))
    expect([code, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
});

it('has for each alert, at each severity, a test that fires, and one that does not', () => {
  const fired = expectations.flatMap(({ alertname, exp_alerts }) =>
    exp_alerts.map(({ exp_labels }) => labelled(alertname, exp_labels)),
  );
  const silent = expectations.filter(({ exp_alerts }) => exp_alerts.length === 0);
  const all = alerts.map(({ alert = '', labels }) => labelled(alert, labels));
  expect([...new Set(fired)].sort()).toEqual([...new Set(all)].sort());
  expect(new Set(silent.map(({ alertname }) => alertname))).toEqual(
    new Set(alerts.map(({ alert }) => alert)),
  );
});

it('has a page for each alert, in the address of its annotations, and none besides', () => {
  const linked = alerts.map(({ alert = '', annotations }) => [
    alert,
    /^\{\{ \$externalLabels\.docs \}\}\/operate\/alerts\/([a-z-]+\.md)$/.exec(
      annotations?.['runbook_url'] ?? '',
    )?.[1],
  ]);
  for (const [alert, page = ''] of linked)
    expect(readFileSync(join(pages, page), 'utf8')).toContain(`\n\`${alert ?? ''}\`: `);
  const there = readdirSync(pages).filter((page) => page !== 'README.md');
  expect(new Set(there)).toEqual(new Set(linked.map(([, page]) => page)));
});

it('says each alert in Dutch, English and French', () => {
  for (const { annotations } of alerts)
    expect(Object.keys(annotations ?? {})).toEqual([
      'summary',
      'summary_en',
      'summary_fr',
      'runbook_url',
    ]);
});

it('asks only for what is told', () => {
  const expressions = [...rulesIn('recording.yml'), ...alerts].map(({ expr }) => expr);
  expect(expressions.flatMap((expression) => unknownIn(expression, known))).toEqual([]);
});
