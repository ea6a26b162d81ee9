import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { Failure } from '#kit/failure.js';
import type { BatchPart } from '#kit/http.js';
import type { Dynamics } from './client.js';
import type { DynamicsSettings } from './settings.js';

const WhoAmI = Type.Object({ UserId: Type.String(), OrganizationId: Type.String() });

const Table = Type.Object({ ChangeTrackingEnabled: Type.Boolean() });

const Keys = Type.Object({
  value: Type.Array(
    Type.Object({ KeyAttributes: Type.Array(Type.String()), EntityKeyIndexStatus: Type.String() }),
  ),
});

const Columns = Type.Object({
  value: Type.Array(
    Type.Object({
      LogicalName: Type.String(),
      AttributeType: Type.Union([Type.String(), Type.Null()]),
      IsValidForCreate: Type.Union([Type.Boolean(), Type.Null()]),
    }),
  ),
});

const OptionSet = Type.Object({
  Options: Type.Array(
    Type.Object({
      Value: Type.Integer(),
      State: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    }),
  ),
});

/** A choice column has options of its own, or shares those of a global choice. */
const Options = Type.Object({
  value: Type.Array(
    Type.Object({
      LogicalName: Type.String(),
      OptionSet: Type.Optional(Type.Union([OptionSet, Type.Null()])),
      GlobalOptionSet: Type.Optional(Type.Union([OptionSet, Type.Null()])),
    }),
  ),
});

const Contacts = Type.Object({ value: Type.Array(Type.Object({ contactid: Type.String() })) });

const Organizations = Type.Object({
  value: Type.Array(Type.Object({ maxuploadfilesize: Type.Integer() })),
});

/** What the environment says of itself. */
interface Metadata {
  readonly tracked: Readonly<Record<string, boolean>>;
  readonly keys: Readonly<Record<string, Static<typeof Keys>['value']>>;
  readonly columns: Static<typeof Columns>['value'];
  readonly choices: Static<typeof Options>['value'];
  readonly statuses: Static<typeof Options>['value'];
  readonly contacts: number;
  readonly uploadBytes: number;
}

const definition = (table: string): string => `/EntityDefinitions(LogicalName='${table}')`;

const get = (path: string, as: BatchPart['as'], query: BatchPart['query'] = {}): BatchPart => ({
  method: 'GET',
  path,
  query,
  ...(as && { as }),
});

const tables = ['incident', 'contact', 'account'] as const;

const optionsOf = (kind: 'Picklist' | 'Status'): BatchPart =>
  get(
    `${definition('incident')}/Attributes/Microsoft.Dynamics.CRM.${kind}AttributeMetadata`,
    Options,
    {
      $select: 'LogicalName',
      $expand: 'OptionSet($select=Options),GlobalOptionSet($select=Options)',
    },
  );

const partsFor = ({ anonymousContact }: DynamicsSettings): BatchPart[] => [
  get('/WhoAmI', WhoAmI),
  ...['incident', 'annotation'].map((table) =>
    get(definition(table), Table, { $select: 'ChangeTrackingEnabled' }),
  ),
  ...tables.map((table) =>
    get(`${definition(table)}/Keys`, Keys, { $select: 'KeyAttributes,EntityKeyIndexStatus' }),
  ),
  get(`${definition('incident')}/Attributes`, Columns, {
    $select: 'LogicalName,AttributeType,IsValidForCreate',
  }),
  optionsOf('Picklist'),
  optionsOf('Status'),
  get('/contacts', Contacts, {
    $select: 'contactid',
    $filter: `contactid eq ${anonymousContact} and statecode eq 0`,
  }),
  get('/organizations', Organizations, { $select: 'maxuploadfilesize' }),
];

type Choice = Static<typeof Options>['value'][number];

const optionsIn = (choice: Choice | undefined): Static<typeof OptionSet>['Options'] =>
  (choice?.OptionSet ?? choice?.GlobalOptionSet)?.Options ?? [];

const valueOf = (body: unknown): never[] => (body as { value: never[] }).value;

const metadataOf = (bodies: readonly unknown[]): Metadata => {
  const [, incident, annotation, first, second, third, columns, choices, statuses, contacts, own] =
    bodies;
  const isTracked = (body: unknown): boolean =>
    (body as Static<typeof Table>).ChangeTrackingEnabled;
  const [organization] = valueOf(own) as Static<typeof Organizations>['value'];
  return {
    tracked: { incident: isTracked(incident), annotation: isTracked(annotation) },
    keys: { incident: valueOf(first), contact: valueOf(second), account: valueOf(third) },
    columns: valueOf(columns),
    choices: valueOf(choices),
    statuses: valueOf(statuses),
    contacts: valueOf(contacts).length,
    uploadBytes: organization?.maxuploadfilesize ?? 0,
  };
};

const keyProblems = ({ keys }: Metadata, settings: DynamicsSettings): string[] => {
  const wanted = {
    incident: settings.incidentKey,
    contact: settings.contactKey,
    account: settings.accountKey,
  };
  return tables.flatMap((table) => {
    const column = wanted[table];
    if (column === undefined) return [];
    const own = keys[table]?.find(
      ({ KeyAttributes: [one, ...more] }) => one === column && more.length === 0,
    );
    if (!own) return [`${table}s have no alternate key on ${column} alone`];
    const { EntityKeyIndexStatus: status } = own;
    return status === 'Active' ? [] : [`the alternate key of ${table}s on ${column} is ${status}`];
  });
};

const numeric = new Set(['Decimal', 'Double', 'Money']);
const textual = new Set(['String', 'Memo']);

const columnProblems = ({ columns }: Metadata, settings: DynamicsSettings): string[] =>
  Object.entries(settings.columns).flatMap(([name, { from }]) => {
    const column = columns.find(({ LogicalName }) => LogicalName === name);
    if (!column?.IsValidForCreate) return [`incidents have no column ${name} that can be written`];
    const fitting = from.endsWith('tegraad') ? numeric : textual;
    const type = column.AttributeType ?? 'unknown';
    return fitting.has(type)
      ? []
      : [`the column ${name} is of type ${type}, which cannot hold ${from}`];
  });

const choiceProblems = ({ choices }: Metadata, settings: DynamicsSettings): string[] => {
  const sets = [settings.defaultChoices, ...Object.values(settings.choices)];
  const problems = sets.flatMap(Object.entries<number>).flatMap(([column, value]) => {
    const known = choices.find(({ LogicalName }) => LogicalName === column);
    if (!known) return [`incidents have no choice column ${column}`];
    const has = optionsIn(known).some((option) => option.Value === value);
    return has ? [] : [`the choice column ${column} has no value ${value}`];
  });
  return [...new Set(problems)];
};

const statusProblems = ({ statuses }: Metadata, settings: DynamicsSettings): string[] => {
  const options = optionsIn(statuses.find(({ LogicalName }) => LogicalName === 'statuscode'));
  const states = new Map(options.map(({ Value, State }) => [Value, State]));
  return Object.entries(settings.statuscodes).flatMap(([label, { statecode, statuscode }]) => {
    if (!states.has(statuscode)) return [`there is no status reason ${statuscode} for "${label}"`];
    const state = states.get(statuscode);
    return state === statecode
      ? []
      : [
          `status reason ${statuscode} for "${label}" belongs to state ${state ?? 'unknown'}, not ${statecode}`,
        ];
  });
};

const otherProblems = (found: Metadata, settings: DynamicsSettings): string[] => [
  ...(found.tracked['incident'] ? [] : ['change tracking is off for incidents']),
  ...(settings.noteMarker === undefined || found.tracked['annotation']
    ? []
    : ['change tracking is off for notes (annotations)']),
  ...(found.contacts > 0 ? [] : ['the anonymousContact does not exist, or is not active']),
  ...(settings.attachmentLimitBytes <= found.uploadBytes
    ? []
    : [`attachmentLimitBytes is more than the ${found.uploadBytes} bytes of the system settings`]),
];

/** Asks whether we are known, and whether all that the settings name exists; throws a `Failure` that lists what does not. */
export const check = async (
  { http, settings }: Dynamics,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> => {
  const answers = await http.batch({ path: '/$batch', parts: partsFor(settings), signal });
  const found = metadataOf(answers.map(([answer]) => answer?.body));
  const problems = [
    keyProblems,
    columnProblems,
    choiceProblems,
    statusProblems,
    otherProblems,
  ].flatMap((problemsOf) => problemsOf(found, settings));
  if (problems.length > 0)
    throw new Failure('pause', `Settings of Dynamics 365 do not fit it: ${problems.join('; ')}`, {
      code: 'misconfigured',
    });
};
