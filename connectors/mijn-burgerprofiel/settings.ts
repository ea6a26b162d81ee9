import { Type } from '@sinclair/typebox';
import type { Static, TSchema } from '@sinclair/typebox';
import { acmIdmSettings } from '#kit/acm-idm.js';
import { statusLabel } from '#kit/melding-status.js';
import { flag, iri, number, table, text, url } from '#kit/settings.js';
import { codeSpellings, defaultStatuses, phases } from './status.js';

const group = <T extends Record<string, TSchema>>(description: string, fields: T) =>
  Type.Object(fields, { additionalProperties: false, description });

const Beheerder = group('Whom the citizen may ask about a melding (DossierBeheerder).', {
  naam: text('Name of the local government.'),
  dienst: Type.Optional(text('Its service.')),
  telefoon: Type.Optional(text('Telephone number.')),
  email: Type.Optional(text('E-mail address.')),
  website: Type.Optional(url('Website.')),
});

const Dosis = group('Where and how dossiers are pushed to DOSIS; without it none are.', {
  baseUrl: url('Address of DOSIS, such as `https://prod.dosis-burgers.vlaanderen.be`.'),
  scope: text('Scope of the token.', { default: 'DosisImport' }),
  typeDossierCode: text('Type of every dossier.', { default: 'DossierStatus' }),
  toegangsrecht: text('Right of whoever may see a dossier.', { default: 'Raadpleger' }),
  toegangsrechten: table(
    'Right of whoever may see a dossier in a role, by the IRI of the role.',
    text('Right.'),
    { default: {} },
  ),
  beheerder: Type.Optional(Beheerder),
  doorverwijzing: Type.Optional(
    text('Page about a melding that names none itself; `{dossierNummer}` stands for its number.'),
  ),
  asksResult: flag(
    'Waits until DOSIS has processed what it took, and so learns what it could not process.',
    { default: true },
  ),
  resultSeconds: number('Seconds between two looks for that result.', {
    minimum: 1,
    maximum: 3600,
    default: 10,
  }),
  resendMinutes: number('Minutes without a result after which the dossier is sent again.', {
    minimum: 5,
    maximum: 1440,
    default: 60,
  }),
});

const Ontvanger = group('Names of the fields of a Bestemmeling.', {
  nummer: text('Field with the number of the person, enterprise or association.', {
    default: 'Identificatie',
  }),
  soort: Type.Optional(text('Field that says which of these it is, where there is one.')),
  persoon: text('What that field says of a person.', { default: 'INSZ' }),
  onderneming: text('What it says of an enterprise.', { default: 'KBO' }),
  vereniging: text('What it says of an association.', { default: 'VCODE' }),
});

const Notificaties = group('Where and how people are notified; without it nobody is.', {
  baseUrl: url('Address of Notificaties, such as `https://prod.notificaties.vlaanderen.be`.'),
  scope: text('Scope of the token.'),
  aanbiederUri: iri('URI of the application that offers the notifications (AanbiederUri).'),
  categorie: text('Category of the notifications.', {
    default: 'DossierGerelateerdBerichtWijzigingDossier',
  }),
  kanalen: Type.Array(text('Channel.'), {
    description: 'Channels by which people are notified.',
    minItems: 1,
    maxItems: 10,
    default: ['Passief'],
  }),
  productId: text('IPDC id of what is notified about, where a dossier names no product.'),
  merkCode: text('Code of the brand under which people are notified (MerkCode).'),
  meldingen: Type.Array(statusLabel, {
    description: 'Statuses of meldingen that people are notified of, by their Dutch label.',
    maxItems: 20,
    default: [],
  }),
  dossiers: flag('Notifies people of every new status of a dossier.', { default: false }),
  transactieId: text(
    'What groups notifications about one dossier; `{bron}` and `{dossierNummer}` stand for its own.',
    { default: '{bron}{dossierNummer}' },
  ),
  sleutel: text('Field with the key in SleutelWaardeParen.', { default: 'Sleutel' }),
  waarde: text('Field with the value in SleutelWaardeParen.', { default: 'Waarde' }),
  ontvanger: Type.Optional(Ontvanger),
});

const Status = group('Status of a dossier.', {
  code: text('Code (VlaamsCode).'),
  fase: Type.Unsafe<string>({
    type: 'string',
    enum: [...phases],
    description: 'Phase (VlaamsFase).',
  }),
});

export const settings = Type.Object({
  ...acmIdmSettings,
  bron: iri('URI of the source of the dossiers, as DOSIS gave it to the local government (Bron).'),
  dosis: Type.Optional(Dosis),
  notificaties: Type.Optional(Notificaties),
  statuses: table('Status of a dossier for each status of a melding, by its Dutch label.', Status, {
    default: defaultStatuses,
  }),
  removeWhen: Type.Array(statusLabel, {
    description: 'Statuses of a melding at which its dossier is removed from DOSIS.',
    maxItems: 20,
    default: ['Ingetrokken'],
  }),
  statusCodes: table(
    'Code in DOSIS of a status of a dossier, by the last part of its IRI, where that is another word.',
    text('Code (VlaamsCode).'),
    { default: codeSpellings },
  ),
  products: table(
    'IPDC id for each meldingstype or product of a dossier, by its IRI.',
    text('IPDC id.'),
    { default: {} },
  ),
  defaultProduct: Type.Optional(
    text('IPDC id of a melding whose meldingstype is not in the table.'),
  ),
  dossierNumbers: Type.Unsafe<'identificator' | 'unique'>({
    type: 'string',
    enum: ['identificator', 'unique'],
    default: 'unique',
    description:
      'Number of the dossier of a melding: its own, or its own with eight characters of its IRI, so that two applications never share one.',
  }),
  keepDays: number(
    'Days that it is kept, sealed, whose melding it is: so long later statuses reach the citizen.',
    { minimum: 1, maximum: 3650, default: 730 },
  ),
});

export type BurgerprofielSettings = Static<typeof settings>;
export type DosisSettings = Static<typeof Dosis>;
export type NotificatiesSettings = Static<typeof Notificaties>;
