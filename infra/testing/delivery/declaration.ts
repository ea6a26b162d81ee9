import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '#runtime/config.js';
import { readKeyFile } from '#runtime/keys.js';
import { prepare } from '#tenants/apply.js';
import { readDeclaration } from '#tenants/declaration.js';
import { openOwnerDatabase } from '#tenants/owner.js';
import { tokenHash } from '#tenants/tokens.js';

/** Of an application of Aalter that may ask, of one that may not, and of an application of Beringen. */
export const askerKey = 'lb_aalter_burgerzaken';
export const otherKey = 'lb_aalter_meldpunt';
export const foreignKey = 'lb_beringen_burgerzaken';

/** What is coupled beside the one archive: more of them, by address, which get the same meldingen, and postvakken that get none. */
export interface Beside {
  readonly archives: readonly string[];
  readonly postvakken: number;
}

const besideOf = ({ archives, postvakken }: Beside): string =>
  [
    ...archives.map(
      (url, index) =>
        `archief${index}: { connector: archief, settings: { baseUrl: "${url}", password: { secret: archief } } }`,
    ),
    ...Array.from({ length: postvakken }, (_, index) => `postvak${index}: { connector: postvak }`),
  ].join('\n  ');

const yamlOf = (baseUrl: string, enabled: boolean, beside: Beside): string => `
tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
verwerkingen: [andere, meldingen-openbaar-domein]
connectors:
  archief: { enabled: ${enabled}, settings: { baseUrl: "${baseUrl}", password: { secret: archief } } }
  meldpunt: { connector: postvak }
  ${besideOf(beside)}
routes:
  - when: { type: be.lbbus.melding.ingediend.v1 }
    to: [ ${['archief', ...beside.archives.map((_, index) => `archief${index}`)].join(', ')} ]
  - when: { type: be.lbbus.persoon.opvragen.v1 }
    to: [ archief ]
  - when: { type: be.lbbus.melding.status-gewijzigd.v1 }
    to: [ meldpunt, archief ]
rate: { perSecond: 5000, burst: 5000 }
credentials:
  - { name: burgerzaken, keys: [ { sha256: "${tokenHash(askerKey)}" } ], sources: ["*"], types: ["*"] }
  - { name: meldpunt, keys: [ { sha256: "${tokenHash(otherKey)}" } ], sources: ["*"], types: [ be.lbbus.melding.ingediend.v1 ] }
---
tenant: beringen
name: Stad Beringen
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/beringen
kbo: "0207469641"
credentials:
  - { name: burgerzaken, keys: [ { sha256: "${tokenHash(foreignKey)}" } ], sources: ["*"], types: ["*"] }
`;

/** Configuration of a delivery process of a test, with new keys in the folder. */
export const configIn = async (
  folder: string,
  { databaseUrl, amqpUrl }: Pick<Config, 'databaseUrl' | 'amqpUrl'>,
): Promise<Config> => {
  const keyFile = async (name: string): Promise<string> => {
    const file = join(folder, `${name}.keys`);
    await writeFile(file, `k1:${randomBytes(32).toString('base64')}\n`);
    return file;
  };
  return {
    databaseUrl,
    amqpUrl,
    amqpManagementUrl: null,
    bodyKeyFile: await keyFile('body'),
    secretKeyFile: await keyFile('secret'),
    sealingKeyFile: null,
    attachments: pathToFileURL(join(folder, 'attachments')).href,
    publicUrl: 'https://lb-bus.example',
    port: 0,
    internalPort: 0,
    readyFile: null,
    stateDir: join(folder, 'state'),
    sandbox: true,
    issuersFile: null,
    operatorTokensFile: null,
    logLevel: 'silent',
  };
};

/** Declares the tenant of the tests with the archive at this address, under this password. */
export const declare = async (
  config: Config,
  folder: string,
  archief: {
    readonly baseUrl: string;
    readonly password: string;
    readonly enabled?: boolean;
    readonly beside?: Beside;
  },
): Promise<void> => {
  const file = join(folder, 'tenants.yaml');
  await writeFile(
    file,
    yamlOf(
      archief.baseUrl,
      archief.enabled ?? true,
      archief.beside ?? { archives: [], postvakken: 0 },
    ),
  );
  const database = openOwnerDatabase(config.databaseUrl);
  try {
    const prepared = await prepare(await readDeclaration(file), {
      database,
      keys: {
        body: readKeyFile(config.bodyKeyFile),
        secret: readKeyFile(config.secretKeyFile ?? ''),
      },
      values: () => archief.password,
      prune: false,
    });
    await prepared.apply();
  } finally {
    await database.close();
  }
};
