import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { proeftuinFolder, usualUrl } from './places.js';

/** What the proeftuin itself reads of a tenant's declaration. */
export interface DemoTenant {
  readonly tenant: string;
  readonly connectors: Readonly<
    Record<
      string,
      {
        readonly connector?: string;
        readonly settings?: Readonly<Record<string, unknown>>;
        readonly hook?: { readonly token: { readonly secret: string } };
      }
    >
  >;
  readonly routes: readonly {
    readonly when: { readonly type: string };
    readonly to: readonly string[];
  }[];
}

/** Writes a copy of the declarations in which the addresses are those of this proeftuin. */
export const writeTenants = (folder: string, origin: string): void => {
  const source = join(proeftuinFolder, 'tenants');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source)) {
    const text = readFileSync(join(source, name), 'utf8');
    writeFileSync(join(folder, name), text.replaceAll(usualUrl, origin));
  }
};

/** The declarations of a folder, by file name. */
export const readTenants = (folder: string): DemoTenant[] =>
  readdirSync(folder)
    .sort()
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as DemoTenant);
