import { stringify } from 'yaml';
import type { Declared } from '#infra/chaos/setting.js';
import { newToken, tokenHash } from '#tenants/tokens.js';

/** The four systems that a town is coupled with, and an application of its own that is told of persons. */
export const townConnectors = [
  'topdesk',
  'dynamics365',
  'magda',
  'mijn-burgerprofiel',
  'backend',
] as const;
export type TownConnector = (typeof townConnectors)[number];

/** A tenant that is coupled with everything. */
export interface Town {
  readonly id: string;
  /** Of the application that asks who somebody is. */
  readonly key: string;
  /** Of its accounts in the systems. */
  readonly secret: string;
  /** What the systems that call show of themselves; the token of each one's address begins with `token`. */
  readonly hook: { readonly token: string; readonly secret: string };
}

/** The systems that call when something changed. */
export const calling = ['topdesk', 'dynamics365'] as const;
export type Calling = (typeof calling)[number];

/** `count` towns, each with secrets that never were. */
export const newTowns = (count: number): Town[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `stad-${String(index + 1).padStart(2, '0')}`;
    const hook = { token: newToken(id), secret: newToken(id) };
    return { id, key: newToken(id), secret: newToken(id).slice(-24), hook };
  });

/** The token under which a system of the town calls. */
export const hookTokenOf = ({ hook }: Town, connector: Calling): string =>
  `${hook.token}-${connector}`;

const verwerkingen = ['meldingen-openbaar-domein', 'dienstverlening-burgerzaken'];
const secretNames = ['password', 'clientSecret', 'certificate', 'privateKey', 'secret'];
const toegewezenAan = 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/557';

/** What the simulators leave to whoever sets up the connector. */
const besides: Readonly<Record<TownConnector, object>> = {
  topdesk: {
    processingStatuses: {
      'In onderzoek': 'In behandeling',
      Opgelost: 'Afgemeld',
      Gesloten: 'Gesloten',
    },
    pollSeconds: 10,
    tellProgress: true,
  },
  dynamics365: {
    statuscodes: {
      'In onderzoek': { statecode: 0, statuscode: 4 },
      Opgelost: { statecode: 1, statuscode: 5 },
      Gesloten: { statecode: 2, statuscode: 2000 },
    },
    pollSeconds: 10,
    noteMarker: 'Melder:',
  },
  magda: { mutatiesMinuten: 1 },
  'mijn-burgerprofiel': {},
  backend: {},
};

/** What an instance of a connector is set to reach its account with, as the simulator gives it. */
export type TownSettings = (connector: TownConnector, town: Town) => Record<string, unknown>;

const isCalling = (connector: TownConnector): connector is Calling =>
  calling.some((one) => one === connector);

type Named = readonly (readonly [name: string, value: string])[];

const secretsOf = (connector: TownConnector, town: Town, given: Record<string, unknown>): Named => [
  ...secretNames.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string'
      ? [[`${connector}.${name.toLowerCase()}`, value] as const]
      : [];
  }),
  ...(isCalling(connector)
    ? ([
        [`${connector}.hook`, hookTokenOf(town, connector)],
        [`${connector}.caller`, town.hook.secret],
      ] as const)
    : []),
];

const instanceOf = (connector: TownConnector, given: Record<string, unknown>): object => {
  const settings = Object.keys(given).map((name) => [
    name,
    secretNames.includes(name) ? { secret: `${connector}.${name.toLowerCase()}` } : given[name],
  ]);
  const called = { webhookSecret: { secret: `${connector}.caller` } };
  return {
    settings: {
      ...(Object.fromEntries(settings) as Record<string, unknown>),
      ...besides[connector],
      ...(isCalling(connector) && called),
    },
    ...(isCalling(connector) && { hook: { token: { secret: `${connector}.hook` } } }),
  };
};

const routes = [
  { type: 'melding.ingediend', to: ['topdesk', 'dynamics365', 'mijn-burgerprofiel'] },
  { type: 'melding.aangevuld', to: ['topdesk', 'dynamics365'] },
  { type: 'melding.status-gewijzigd', to: ['mijn-burgerprofiel'] },
  {
    type: 'melding.status-gewijzigd',
    filter: { not: { exact: { 'data.heeftStatus.statusType': toegewezenAan } } },
    to: ['topdesk', 'dynamics365'],
  },
  { type: 'persoon.opvragen', to: ['magda'] },
  { type: 'persoon.gewijzigd', to: ['backend'] },
].map(({ type, ...rest }) => ({ when: { type: `be.lbbus.${type}.v1` }, ...rest }));

const declarationOf = (town: Town, index: number, issuer: string, of: TownSettings): object => ({
  tenant: town.id,
  name: `Stad ${index + 1}`,
  bestuurseenheid: `http://data.lblod.info/id/bestuurseenheden/${town.id}`,
  kbo: String(202_000_000 + index).padStart(10, '0'),
  verwerkingen,
  allowedHosts: ['127.0.0.1'],
  connectors: Object.fromEntries(
    townConnectors.map((connector) => [connector, instanceOf(connector, of(connector, town))]),
  ),
  routes,
  credentials: [
    {
      name: 'burgerzaken',
      keys: [{ sha256: tokenHash(town.key) }],
      sources: [`urn:lb:${town.id}:burgerzaken`],
      types: ['be.lbbus.persoon.opvragen.v1'],
    },
  ],
  burgerprofiel: {
    issuer,
    clients: ['mijn-burgerprofiel'],
    meldingen: {
      verwerking: verwerkingen[0],
      categories: [
        {
          id: 'wegdek',
          name: 'Wegdek',
          meldingstype: `https://data.${town.id}.example/id/concept/Meldingstype/wegdek`,
        },
      ],
    },
  },
});

/** The towns as `lb-bus apply` takes them; `issuer` gives Mijn Burgerprofiel its tokens. */
export const declaredTowns = (
  towns: readonly Town[],
  issuer: string,
  settingsOf: TownSettings,
): Declared => ({
  tenants: towns
    .map((town, index) => stringify(declarationOf(town, index, issuer, settingsOf)))
    .join('---\n'),
  secrets: stringify(
    Object.fromEntries(
      towns.map((town) => [
        town.id,
        Object.fromEntries(
          townConnectors.flatMap((one) => secretsOf(one, town, settingsOf(one, town))),
        ),
      ]),
    ),
  ),
});
