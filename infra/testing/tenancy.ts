import { openDatabase, type Database } from '#runtime/database.js';
import type { KeyRing } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';
import { prepare, type ApplyOptions, type NewToken, type Prepared } from '#tenants/apply.js';
import { buildDirectory } from '#tenants/build-directory.js';
import { readDeclaration } from '#tenants/declaration.js';
import type { Directory } from '#tenants/directory.js';
import { openOwnerDatabase, type OwnerDatabase } from '#tenants/owner.js';
import { planWords } from '#tenants/plan.js';
import { openSettings } from '#tenants/settings.js';
import { readStored } from '#tenants/stored.js';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from './database.js';

/** A tenant with a secret, a hook token, a route and an API key. */
export const aalterYaml = `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
verwerkingen: [meldingen-openbaar-domein]
connectors:
  topdesk: { settings: { baseUrl: https://td.example, password: { secret: topdesk-password } }, hook: true }
  meldpunt: { connector: postvak }
routes:
  - when: { type: be.lbbus.melding.ingediend.v1 }
    to: [ topdesk, meldpunt ]
credentials:
  - name: meldpunt
    keys: [ { secret: meldpunt-key } ]
    sources: [ urn:lb:aalter:meldpunt ]
    types: [ "*" ]
    system: meldpunt
`;

/** A tenant with nothing coupled. */
export const beringenYaml = `
tenant: beringen
name: Stad Beringen
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/beringen
kbo: "0207470917"
`;

/** A key ring of one new key. */
export const newRing = (id: string): KeyRing => [{ id, bytes: randomBytes(32) }];

/** A database with tenants that come and go by declaration, as `lb-bus apply` does it. */
export interface Tenancy {
  readonly url: string;
  readonly owner: OwnerDatabase;
  /** As a process has it. */
  readonly database: Database;
  keys: { body: KeyRing; secret: KeyRing };
  /** Values given to the next apply, by `tenant|name`. */
  secrets: Record<string, string>;
  readonly words: (yaml: string, options?: Partial<ApplyOptions>) => Promise<string>;
  readonly apply: (yaml: string, options?: Partial<ApplyOptions>) => Promise<readonly NewToken[]>;
  readonly directory: () => Promise<Directory>;
  /** Settings of aalter's topdesk with its secrets filled in. */
  readonly settings: () => Promise<unknown>;
  readonly drop: () => Promise<void>;
}

/** Opens a tenancy on a database of its own; `drop` also removes what it wrote. */
export const openTenancy = async (): Promise<Tenancy> => {
  const fresh = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'tenancy-'));
  const owner = openOwnerDatabase(fresh.url);
  const database = openDatabase({ url: fresh.url, log: createLog('test', 'silent') });
  const prepared = async (yaml: string, options: Partial<ApplyOptions> = {}): Promise<Prepared> => {
    const file = join(folder, 'tenants.yaml');
    await writeFile(file, yaml);
    const values = (tenant: string, name: string) => tenancy.secrets[`${tenant}|${name}`];
    const { keys } = tenancy;
    const defaults = { database: owner, keys, values, prune: false };
    return prepare(await readDeclaration(file), { ...defaults, ...options });
  };
  const directory = async (): Promise<Directory> =>
    buildDirectory(await database.scoped('*', readStored), tenancy.keys.body).directory;
  const tenancy: Tenancy = {
    url: fresh.url,
    owner,
    database,
    keys: { body: newRing('body'), secret: newRing('secret') },
    secrets: {
      'aalter|topdesk-password': 'correct horse',
      'aalter|meldpunt-key': 'lb_aalter_first',
    },
    words: async (yaml, options) => planWords((await prepared(yaml, options)).plans),
    apply: async (yaml, options) => (await prepared(yaml, options)).apply(),
    directory,
    settings: async () => {
      const instance = (await directory()).tenants.get('aalter')?.connectors.get('topdesk');
      if (!instance) throw new Error('aalter has no topdesk');
      return openSettings({ database, secretKek: tenancy.keys.secret })(instance);
    },
    drop: async () => {
      await owner.close();
      await database.close();
      await fresh.drop();
      await rm(folder, { recursive: true });
    },
  };
  return tenancy;
};
