import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageRoot } from '#runtime/root.js';
import { freePort } from '../bootstrap/ports.mjs';
import { killed } from './child.js';
import { programOf } from './prometheus.js';
import { until } from './until.js';

/** A series that answers a query, with its value of now. */
export interface Answered {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus of one test. */
export interface PrometheusServer {
  readonly query: (expression: string) => Promise<readonly Answered[]>;
  readonly end: () => Promise<void>;
}

interface Config {
  readonly global: object;
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly { readonly job_name: string }[];
}

const shipped = join(packageRoot, 'monitoring/prometheus');

/** As it is shipped, with the rules, but for other addresses, and more often. */
const configOf = async (targets: Readonly<Record<string, number>>): Promise<string> => {
  const config = parse(await readFile(join(shipped, 'prometheus.yml'), 'utf8')) as Config;
  return stringify({
    global: {
      ...config.global,
      scrape_interval: '2s',
      scrape_timeout: '2s',
      evaluation_interval: '1s',
    },
    rule_files: config.rule_files.map((file) => join(shipped, file)),
    scrape_configs: config.scrape_configs.map(({ job_name }) => ({
      job_name,
      static_configs: [{ targets: [`127.0.0.1:${targets[job_name] ?? 0}`] }],
    })),
  });
};

/** Starts Prometheus with the configuration that is shipped; `targets` are internal ports by the name of the job. */
export const startPrometheus = async (
  targets: Readonly<Record<string, number>>,
): Promise<PrometheusServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'lb-bus-prometheus-'));
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, await configOf(targets));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    programOf('prometheus'),
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const query = async (expression: string): Promise<readonly Answered[]> => {
    const url = `http://${address}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const { data } = (await (await fetch(url)).json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  };
  const ready = (): Promise<boolean> =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(ready, { what: 'Prometheus is ready', timeoutMs: 60_000 });
  return {
    query,
    end: async () => {
      await killed(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
