import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { run } from '#infra/testing/prometheus.js';
import { packageRoot } from '#runtime/root.js';
import { alertmanagerConfig, readContacts } from './alertmanager.js';

const example: unknown = parse(
  readFileSync(join(packageRoot, 'monitoring/alerts/contacts.example.yaml'), 'utf8'),
);
const tenants = new Set(['aalter', 'beersel', 'ninove']);
const file = join(mkdtempSync(join(tmpdir(), 'lb-bus-alertmanager-')), 'alertmanager.yml');
writeFileSync(file, stringify(alertmanagerConfig(readContacts(example, tenants))));

/** Who hears an alert with these labels. */
const heardBy = async (...labels: string[]): Promise<string> => {
  const { said } = await run(
    'amtool',
    'config',
    'routes',
    'test',
    `--config.file=${file}`,
    ...labels,
  );
  return said.split('\n')[0] ?? '';
};

it('makes a configuration that amtool accepts', async () => {
  const { code, said } = await run('amtool', 'check-config', file);
  expect([code, said]).toEqual([0, expect.stringContaining('3 receivers')]);
});

it('tells a tenant of its own alerts, as severe as it wants, and the operators of all', async () => {
  expect(await heardBy('tenant=aalter', 'severity=warning')).toBe('tenant-aalter,operators');
  expect(await heardBy('tenant=beersel', 'severity=warning')).toBe('operators');
  expect(await heardBy('tenant=beersel', 'severity=critical')).toBe('tenant-beersel,operators');
  expect(await heardBy('tenant=ninove', 'severity=critical')).toBe('operators');
  expect(await heardBy('alertname=LbBusBrokerAlarm', 'severity=critical')).toBe('operators');
});

it('speaks the language of a tenant', () => {
  const text = readFileSync(file, 'utf8');
  expect(text.match(/\.summary_fr\b/g)?.length).toBe(2);
});

it('refuses contacts that it does not understand, and tenants that there are not', () => {
  expect(() =>
    readContacts({ smarthost: 'mail', tenants: { aalter: { to: [] } } }, tenants),
  ).toThrow(/\/from: .*\n[^]*\/smarthost: .*\n[^]*\/tenants\/aalter\/to: /);
  expect(() => readContacts(example, new Set(['aalter']))).toThrow('there is no tenant beersel');
});
