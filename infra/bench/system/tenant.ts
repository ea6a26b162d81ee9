import { createHash } from 'node:crypto';
import { tokenHash } from '#tenants/tokens.js';

/** With it the application of every tenant signs in. */
export const apiKeyOf = (tenant: string): string => `lb_bench_${tenant}`;

/** Tenants need one each; nobody looks it up. */
const kboOf = (tenant: string): string => {
  const number = createHash('sha256').update(tenant).digest().readUInt32BE() % 99_999_999;
  return `02${String(number).padStart(8, '0')}`;
};

/** A tenant whose meldingen go to so many systems below `baseUrl`, each. */
export const tenantYaml = (tenant: string, baseUrl: string, systems: number): string => {
  const names = Array.from({ length: systems }, (_, index) => `system-${index + 1}`);
  const connectorOf = (name: string): string =>
    `  ${name}: { connector: system, settings: { baseUrl: "${baseUrl}/${tenant}/${name}" } }`;
  return `
tenant: ${tenant}
name: Gemeente ${tenant}
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/${tenant}
kbo: "${kboOf(tenant)}"
verwerkingen: [meldingen]
allowedHosts: ["127.0.0.1"]
rate: { perSecond: 10000, burst: 10000 }
connectors:
${names.map(connectorOf).join('\n')}
routes: [ { when: { type: be.lbbus.melding.ingediend.v1 }, to: [${names.join(', ')}] } ]
credentials: [ { name: meldpunt, keys: [ { sha256: "${tokenHash(apiKeyOf(tenant))}" } ], sources: ["*"], types: ["*"] } ]
`;
};
