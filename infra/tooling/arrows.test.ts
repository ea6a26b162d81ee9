import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { root } from '../bootstrap/checkout.mjs';

/** Per arrow: a file, and an import in it that the arrow forbids. */
const forbidden: readonly (readonly [arrow: string, file: string, imported: string])[] = [
  ['no-circular', 'services/bus/a.ts', './b.js'],
  ['schemas-import-nobody', 'schemas-oslo/a.ts', '#kit/x.js'],
  ['kit-imports-schemas-only', 'connectors/kit/a.ts', '#bus/x.js'],
  ['connector-imports-kit-only', 'connectors/topdesk/a.ts', '#runtime/x.js'],
  ['connector-not-to-connector', 'connectors/topdesk/a.ts', '../postvak/x.js'],
  ['kit-not-to-connector', 'connectors/kit/a.ts', '#connectors/postvak/x.js'],
  ['core-never-names-a-connector', 'services/delivery/a.ts', '#connectors/postvak/x.js'],
  ['connector-without-nest-or-broker', 'connectors/topdesk/a.ts', 'pg'],
  ['amqp-only-in-bus', 'services/intake/a.ts', 'amqplib'],
  ['runtime-imports-nobody', 'services/runtime/a.ts', '#bus/x.js'],
  ['attachments-import-runtime-only', 'services/attachments/a.ts', '#bus/x.js'],
  ['bus-below-intake', 'services/bus/a.ts', '#intake/x.js'],
  ['tenants-below-intake', 'services/tenants/a.ts', '#intake/x.js'],
  ['intake-below-processes', 'services/intake/a.ts', '#delivery/x.js'],
  ['gateway-alone', 'gateway/a.ts', '#delivery/x.js'],
  ['delivery-alone', 'services/delivery/a.ts', '#infra/x.js'],
  ['monitoring-alone', 'monitoring/a.ts', '#delivery/x.js'],
  ['console-takes-types-only', 'monitoring/console/a.ts', '#oslo/x.js'],
  ['tests-are-not-program', 'services/bus/a.ts', '#infra/testing/until.js'],
];

/** Imports that the arrows allow; they pass all rules at once. */
const allowed: readonly (readonly [file: string, imported: string])[] = [
  ['connectors/kit/k.ts', '#oslo/x.js'],
  ['connectors/topdesk/k.ts', '#kit/x.js'],
  ['services/bus/k.ts', '#runtime/x.js'],
  ['services/bus/l.ts', 'amqplib'],
  ['services/intake/k.ts', '#tenants/x.js'],
  ['services/delivery/k.ts', '#intake/x.js'],
  ['gateway/k.ts', '#intake/x.js'],
  ['infra/k.ts', '#tenants/x.js'],
  ['services/bus/k.test.ts', '#infra/testing/until.js'],
];

const targets = [
  'schemas-oslo/x.ts',
  'connectors/kit/x.ts',
  'connectors/postvak/x.ts',
  ...['runtime', 'bus', 'tenants', 'intake', 'delivery', 'attachments'].map(
    (folder) => `services/${folder}/x.ts`,
  ),
  'gateway/x.ts',
  'monitoring/x.ts',
  'infra/x.ts',
  'infra/testing/until.ts',
];

const importLine = (specifier: string): string => `import '${specifier}';\n`;

const checkout = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lb-bus-arrows-'));
  for (const file of ['package.json', 'tsconfig.json', 'infra/tooling/dependency-cruiser.cjs'])
    cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
};

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; from: string }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const cruise = (folder: string): Promise<Cruise> =>
  new Promise((resolve, reject) => {
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = 'infra/tooling/dependency-cruiser.cjs';
    const folders = ['schemas-oslo', 'connectors', 'services', 'gateway', 'monitoring', 'infra'];
    execFile(
      process.execPath,
      [program, '--config', config, '--output-type', 'json', ...folders],
      { cwd: folder, maxBuffer: 2 ** 24 },
      (error, stdout, stderr) => {
        // Its exit code is the number of violations.
        if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as Cruise);
        else reject(new Error(stderr, { cause: error }));
      },
    );
  });

const empty = Object.fromEntries(targets.map((file) => [file, 'export {};\n']));

it('stops every import against the arrows, and has an example for each arrow', async () => {
  const files: Record<string, string> = { ...empty, 'services/bus/b.ts': importLine('./a.js') };
  for (const [, file, imported] of forbidden)
    files[file] = (files[file] ?? '') + importLine(imported);
  const { summary } = await cruise(checkout(files));
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  for (const [arrow, file] of forbidden) expect(found).toContain(`${arrow}: ${file}`);
  const arrows = summary.ruleSetUsed.forbidden.map(({ name }) => name);
  expect(arrows.sort()).toEqual(forbidden.map(([arrow]) => arrow).sort());
});

it('lets imports along the arrows pass', async () => {
  const files = {
    ...empty,
    ...Object.fromEntries(allowed.map(([file, to]) => [file, importLine(to)])),
  };
  const { summary } = await cruise(checkout(files));
  expect(summary.violations).toEqual([]);
});
