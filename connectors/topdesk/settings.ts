import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { statusLabel } from '#kit/melding-status.js';
import { flag, iri, number, secret, table, text, url } from '#kit/settings.js';
import { defaultStatuses } from './status.js';

const categoryOf = (description: string) =>
  Type.Object(
    {
      category: text('Name of the category in TOPdesk.'),
      subcategory: Type.Optional(text('Name of the subcategory in TOPdesk.')),
    },
    { additionalProperties: false, description },
  );

export const settings = Type.Object({
  baseUrl: url('Address of the TOPdesk environment, without `/tas/api`.'),
  username: text('Login name of the operator that owns the incidents.'),
  password: secret('Application password of that operator.'),
  organisation: Type.Optional(
    iri(
      'IRI of the organisation that handles the meldingen: who changed the status, in statuses from TOPdesk.',
    ),
  ),
  categories: table(
    'Category for each meldingstype, by its IRI.',
    categoryOf('Where such a melding belongs.'),
    { default: {} },
  ),
  defaultCategory: Type.Optional(
    categoryOf('Category of a melding whose meldingstype is not in the table.'),
  ),
  entryType: Type.Optional(text('Name of the entry type of incidents from the bus.')),
  callerBranch: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'Id of the branch of callers, where TOPdesk demands one.',
    }),
  ),
  anonymousCaller: text('Name of the caller of an anonymous melding.', {
    default: 'Anonieme melder',
    maxLength: 109,
  }),
  progressInvisibleForCaller: flag('Hides progress texts of the bus from the caller.', {
    default: true,
  }),
  statuses: table(
    'Status of a melding for each processing status, by its name in TOPdesk.',
    statusLabel,
    {
      default: defaultStatuses,
    },
  ),
  processingStatuses: table(
    'Processing status that TOPdesk gets for each status of a melding, by its Dutch label; others only add a progress text.',
    text('Name of the processing status in TOPdesk.'),
    { default: {} },
  ),
  pollSeconds: number('Seconds between two looks for changed incidents.', {
    minimum: 1,
    maximum: 3600,
    default: 60,
  }),
  webhookSecret: Type.Optional(
    secret('What TOPdesk sends in the header `x-lb-bus-secret` when it calls the webhook.'),
  ),
});

export type TopdeskSettings = Static<typeof settings>;
