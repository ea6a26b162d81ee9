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
      line: Type.Optional(
        Type.Unsafe<'firstLine' | 'secondLine'>({
          type: 'string',
          enum: ['firstLine', 'secondLine'],
          description:
            'Who takes it up: `firstLine` unless told otherwise, or at once `secondLine`.',
        }),
      ),
    },
    { additionalProperties: false, description },
  );

const Reason = Type.Object(
  {
    reason: Type.Optional(
      text('Name of the reason in TOPdesk, where it demands one that is not its default.'),
    ),
  },
  { additionalProperties: false },
);

const Ending = Type.Object(
  {
    completed: flag('Completes the incident.', { default: true }),
    closed: flag('Closes it as well.', { default: false }),
    closureCode: Type.Optional(text('Name of the closure code in TOPdesk.')),
  },
  { additionalProperties: false },
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
  matchCallers: flag(
    'Registers the melder as the person of TOPdesk that has the same e-mail address and may be a caller; others stay callers without a card.',
    { default: false },
  ),
  anonymousCaller: text('Name of the caller of an anonymous melding.', {
    default: 'Anonieme melder',
    maxLength: 109,
  }),
  progressInvisibleForCaller: flag('Hides progress texts of the bus from the caller.', {
    default: true,
  }),
  tellProgress: flag(
    'Tells progress texts and attachments that callers may see as additions to the melding; those of the bus itself never.',
    { default: false },
  ),
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
  endings: table(
    'How an incident ends at a status of a melding, by its Dutch label; others do not end it.',
    Ending,
    { default: {} },
  ),
  escalations: table(
    'Statuses of a melding that bring its incident from the first line to the second, by their Dutch label.',
    Reason,
    { default: {} },
  ),
  deescalations: table(
    'Statuses of a melding that bring its incident back to the first line, by their Dutch label.',
    Reason,
    { default: {} },
  ),
  leavesUnknown: flag(
    'Leaves statuses and additions of meldingen that it has no incident of to the other systems of the tenant, in place of refusing them: for a tenant with several TOPdesks, each of which is told everything.',
    { default: false },
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
