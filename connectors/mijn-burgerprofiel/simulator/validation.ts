import { isInsz, isKbo, isVCode } from '#oslo/numbers.js';
import { isFields, textAt } from './office.js';
import type { Fields } from './office.js';

/** A field that is not right, as the error body names it. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

type Rule = (dossier: Fields) => FieldError[];

const at = (dossier: Fields, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (isFields(value) ? value[name] : undefined), dossier);

const required =
  (path: string): Rule =>
  (dossier) => {
    const value = at(dossier, path);
    return typeof value === 'string' && value.trim() !== ''
      ? []
      : [{ field: path, message: 'Het veld is verplicht' }];
  };

const moment: Rule = (dossier) =>
  Number.isNaN(Date.parse(textAt(dossier, 'WijzigingsDatum')))
    ? [{ field: 'WijzigingsDatum', message: 'Geen geldige datum' }]
    : [];

const uploadId: Rule = ({ UploadId }) =>
  UploadId === undefined || (typeof UploadId === 'string' && /^[0-9a-f-]{36}$/i.test(UploadId))
    ? []
    : [{ field: 'UploadId', message: 'Geen geldige GUID' }];

const action: Rule = (dossier) => {
  const needed = at(dossier, 'Status.Actie.ActieNodig');
  return needed === undefined || typeof needed === 'boolean'
    ? []
    : [{ field: 'Status.Actie.ActieNodig', message: 'Moet true of false zijn' }];
};

const hasRight = (agent: unknown): boolean => {
  const rights = isFields(agent) ? agent['Toegangsrechten'] : undefined;
  return Array.isArray(rights) && rights.length > 0 && rights.every((one) => textAt(one, 'Code'));
};

const agentErrors = (agent: unknown, index: number): FieldError[] => {
  const number = textAt(agent, 'Identificatie');
  const field = `Agenten[${index}]`;
  if (!isInsz(number) && !isKbo(number) && !isVCode(number))
    return [{ field: `${field}.Identificatie`, message: 'Geen INSZ, KBO-nummer of vCode' }];
  return hasRight(agent)
    ? []
    : [{ field: `${field}.Toegangsrechten`, message: 'Minstens één recht is verplicht' }];
};

const agents: Rule = ({ Agenten }) =>
  Array.isArray(Agenten) && Agenten.length > 0
    ? Agenten.flatMap(agentErrors)
    : [{ field: 'Agenten', message: 'Minstens één agent is verplicht' }];

const products: Rule = ({ Producten }) => {
  if (Producten === undefined) return [];
  const isList = Array.isArray(Producten) && Producten.every((one) => textAt(one, 'Id') !== '');
  return isList ? [] : [{ field: 'Producten', message: 'Elk product heeft een Id' }];
};

const rules: readonly Rule[] = [
  ...[
    'Identificatie.Bron',
    'Identificatie.DossierNummer',
    'Naam',
    'TypeDossierCode',
    'Status.VlaamsCode',
    'Status.VlaamsFase',
  ].map(required),
  moment,
  uploadId,
  action,
  agents,
  products,
];

/** What is checked before a dossier is taken. */
export const wrongWith = (dossier: Fields): FieldError[] => rules.flatMap((rule) => rule(dossier));

/** The codes that are in use in published test data of GeefDossiers. */
const codes = new Set(
  `Geinitieerd Aangevraagd Ingediend DossierOnvolledig DOSSIER_ONVOLLEDIG DossierVolledig Ontvankelijk OnOntvankelijk
  InBehandeling KlaarVoorBeslissing InWacht Beslist Goedgekeurd DeelsGoedgekeurd Geweigerd Stopgezet Stopzetting
  KlaarVoorBetaling Betaald DeelsUitbetaald Uitgevoerd ErkendVergund Gepland Aktename InOpenbaarOnderzoek
  VoorlopigVastgesteld DefinitiefVastgesteld GerechtelijkIngeleid`.split(/\s+/),
);
const phases = new Set(
  'Samenstelling Behandeling Beslissing Beroep Uitvoering Afgerond'.split(' '),
);

/** A dossier that was changed before the one that is there. */
export const isOlder = (dossier: Fields, known: Fields | undefined): boolean =>
  known !== undefined &&
  Date.parse(textAt(dossier, 'WijzigingsDatum')) < Date.parse(textAt(known, 'WijzigingsDatum'));

/** What only comes out when a dossier that was taken is processed. */
export const faultsOf = (dossier: Fields): string[] => {
  const { Status } = dossier;
  return [
    ...(codes.has(textAt(Status, 'VlaamsCode')) ? [] : ['Onbekende VlaamsCode']),
    ...(phases.has(textAt(Status, 'VlaamsFase')) ? [] : ['Onbekende VlaamsFase']),
  ];
};
