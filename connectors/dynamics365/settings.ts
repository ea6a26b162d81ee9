import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { statusLabel } from '#kit/melding-status.js';
import { iri, number, secret, table, text, url } from '#kit/settings.js';
import { defaultStatuses } from './status.js';

const column = (description: string, options: { default?: string } = {}) =>
  Type.String({ description, pattern: '^[a-z][a-z0-9_]{0,99}$', ...options });

const guid = (description: string) => Type.String({ description, format: 'uuid' });

/** What of a melding a column of the tenant's own can hold. */
export const facts = [
  'subject',
  'identificator',
  'meldingstype',
  'adres',
  'breedtegraad',
  'lengtegraad',
] as const;

const Filling = Type.Object(
  {
    from: Type.Unsafe<(typeof facts)[number]>({
      type: 'string',
      enum: [...facts],
      description: 'What of the melding it gets.',
    }),
    maxLength: number('Longest text that the column takes.', {
      minimum: 1,
      maximum: 4000,
      default: 100,
    }),
  },
  { additionalProperties: false },
);

const choices = (description: string, options: { default?: Record<string, number> } = {}) =>
  table(description, Type.Integer(), options);

const Statuscode = Type.Object(
  {
    statecode: number('State: 0 active, 1 resolved, 2 cancelled.', { minimum: 0, maximum: 2 }),
    statuscode: Type.Integer({ description: 'Status reason within that state.' }),
  },
  { additionalProperties: false },
);

export const settings = Type.Object({
  baseUrl: url('Address of the environment, such as `https://gemeente.crm4.dynamics.com`.'),
  tenantId: Type.String({
    description: 'Microsoft Entra tenant: its id or its domain.',
    pattern: '^[A-Za-z0-9.-]{1,200}$',
  }),
  clientId: text(
    'Application (client) id of the app registration that is an application user there.',
  ),
  clientSecret: Type.Optional(
    secret('Secret of that app registration, unless it has a certificate.'),
  ),
  privateKey: Type.Optional(
    secret('Private key of its certificate (PKCS #8, PEM), in place of a secret.'),
  ),
  certificate: Type.Optional(
    text('The certificate that belongs to the private key (PEM).', { maxLength: 10_000 }),
  ),
  authority: Type.Optional(
    url('Where tokens are given, unless at `https://login.microsoftonline.com`.'),
  ),
  scope: Type.Optional(text('Scope of the token, unless it is `<baseUrl>/.default`.')),
  incidentKey: column(
    'Column of the alternate key of incidents, a text of at least 36 characters: the id of the message on the bus.',
    { default: 'lb_externalid' },
  ),
  contactKey: Type.Optional(
    column(
      'Column of an alternate key of contacts. With it contacts are upserted by a key of the bus; without it one with the same e-mail address is used as it is, or a new one made.',
    ),
  ),
  accountKey: Type.Optional(
    column('The same for accounts; without it one with the same enterprise number is used.'),
  ),
  anonymousContact: guid('Id of the contact that stands for anonymous melders.'),
  organisation: Type.Optional(
    iri(
      'IRI of the organisation that handles the meldingen: who changed the status, in statuses from Dynamics 365.',
    ),
  ),
  columns: table('What goes into columns of your own, by the name of the column.', Filling, {
    default: {},
  }),
  choices: table(
    'Values of choice columns for each meldingstype, by its IRI.',
    choices('Value for each choice column, by its name.'),
    { default: {} },
  ),
  defaultChoices: choices('Values of choice columns for every incident.', {
    default: { caseorigincode: 3 },
  }),
  statuses: table('Status of a melding for each status reason, by its number.', statusLabel, {
    default: defaultStatuses,
  }),
  statuscodes: table(
    'Status reason that an incident gets for each status of a melding, by its Dutch label; others only add a note.',
    Statuscode,
    { default: {} },
  ),
  closing: Type.Unsafe<'action' | 'action-with-id' | 'update'>({
    type: 'string',
    enum: ['action', 'action-with-id', 'update'],
    default: 'action',
    description:
      'How an incident is resolved: by the action CloseIncident, by that action with the bare id of the incident where the environment asks so, or by an update without resolution activity.',
  }),
  attachmentLimitBytes: number(
    'Largest file that a note takes, counted in base64: the maximum file size in the system settings.',
    { minimum: 1024, maximum: 134_217_728, default: 5_242_880 },
  ),
  noteMarker: Type.Optional(
    text(
      'Notes at an incident whose title begins with this are told as additions to the melding; without it none is.',
      { maxLength: 100 },
    ),
  ),
  pollSeconds: number('Seconds between two looks for changes.', {
    minimum: 1,
    maximum: 3600,
    default: 60,
  }),
  webhookSecret: Type.Optional(
    secret('What Dynamics 365 sends in the header `x-lb-bus-secret` when it calls the webhook.'),
  ),
});

export type DynamicsSettings = Static<typeof settings>;
