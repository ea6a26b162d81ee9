import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { meldingAangevuld, meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';

/** The coupled systems of each tenant: one that is asked by reference, two that are pushed to, one that fetches. */
export const targets = ['topdesk', 'zaaksysteem', 'loket', 'meldpunt'] as const;
export type Target = (typeof targets)[number];

/** The targets behind an HTTP address: all but the postvak. */
export const systemTargets = ['topdesk', 'zaaksysteem', 'loket'] as const;
export type SystemTarget = (typeof systemTargets)[number];

/** A tenant of a load. */
export interface LoadTenant {
  readonly id: string;
  readonly key: string;
  readonly source: string;
  readonly bestuurseenheid: string;
  /** Secret of its accounts in the systems. */
  readonly secret: string;
}

const verwerking = 'meldingen-openbaar-domein';

/** Only meldingen of this type go to the loket. */
export const loketType = 'https://data.gemeente.example/id/concept/Meldingstype/sluikstort';
export const otherTypes = ['wegdek', 'straatverlichting', 'boom'].map(
  (name) => `https://data.gemeente.example/id/concept/Meldingstype/${name}`,
);

const hexOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `count` tenants, the same every time. */
export const loadTenants = (count: number): LoadTenant[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `gemeente-${String(index + 1).padStart(2, '0')}`;
    return {
      id,
      key: `lb_${id.replace('-', '')}_${hexOf(`key of ${id}`).slice(0, 24)}`,
      source: `urn:lb:${id}:meldpunt`,
      bestuurseenheid: `http://data.lblod.info/id/bestuurseenheden/${hexOf(id)}`,
      secret: hexOf(`secret of ${id}`).slice(0, 24),
    };
  });

/** Settings of an instance, as its simulator gives them. */
export type SettingsOf = (tenant: LoadTenant, target: SystemTarget) => Record<string, unknown>;

const secretNames: Readonly<Record<SystemTarget, string>> = {
  topdesk: 'password',
  zaaksysteem: 'secret',
  loket: 'secret',
};

const connectorOf = (tenant: LoadTenant, target: SystemTarget, settingsOf: SettingsOf) => ({
  connector: target === 'topdesk' ? 'topdesk' : 'backend',
  settings: { ...settingsOf(tenant, target), [secretNames[target]]: { secret: target } },
});

const declarationOf = (tenant: LoadTenant, settingsOf: SettingsOf, index: number): object => ({
  tenant: tenant.id,
  name: `Gemeente ${index + 1}`,
  bestuurseenheid: tenant.bestuurseenheid,
  kbo: String(201_000_000 + index).padStart(10, '0'),
  verwerkingen: [verwerking],
  allowedHosts: ['127.0.0.1'],
  connectors: {
    ...Object.fromEntries(
      systemTargets.map((target) => [target, connectorOf(tenant, target, settingsOf)]),
    ),
    meldpunt: { connector: 'postvak', settings: { leaseSeconds: 10 } },
  },
  routes: [
    { when: { type: meldingIngediend.type }, to: ['topdesk', 'zaaksysteem', 'meldpunt'] },
    {
      when: { type: meldingIngediend.type },
      filter: { exact: { 'data.meldingstype': loketType } },
      to: ['loket'],
    },
    { when: { type: meldingAangevuld.type }, to: [...targets] },
    { when: { type: meldingStatusGewijzigd.type }, to: [...targets] },
  ],
  credentials: [
    {
      name: 'meldpunt',
      keys: [{ sha256: hexOf(tenant.key) }],
      sources: [tenant.source],
      types: ['*'],
      postvakken: ['meldpunt'],
    },
  ],
});

/** What `lb-bus apply -f … --secrets …` reads to make these tenants, as YAML; `first` of them are declared elsewhere. */
export const declarationsOf = (
  tenants: readonly LoadTenant[],
  settingsOf: SettingsOf,
  first = 0,
): { readonly tenants: string; readonly secrets: string } => ({
  tenants: tenants
    .map((tenant, index) => stringify(declarationOf(tenant, settingsOf, first + index)))
    .join('---\n'),
  secrets: stringify(
    Object.fromEntries(
      tenants.map((tenant) => [
        tenant.id,
        Object.fromEntries(
          systemTargets.map((target) => [target, settingsOf(tenant, target)[secretNames[target]]]),
        ),
      ]),
    ),
  ),
});
