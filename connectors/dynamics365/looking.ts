import { Type } from '@sinclair/typebox';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { BatchPart } from '#kit/http.js';
import { anyOf, query, queryAll, quoted, rowsIn, rowsOf } from './client.js';
import type { Dynamics } from './client.js';
import { sameAsFilter } from './customer-row.js';
import type { Customer } from './customer.js';
import { Incident, incidentColumns } from './incident.js';
import { noteIdOf } from './notes.js';
import type { DynamicsSettings } from './settings.js';

/** Incidents, as a query gives them. */
export const Incidents = rowsOf(Incident);
const NoteIds = rowsOf(Type.Object({ annotationid: Type.String() }));
const CustomerIds = rowsOf(
  Type.Object({
    contactid: Type.Optional(Type.String()),
    accountid: Type.Optional(Type.String()),
  }),
);

/** What is there already of what a message asks for. */
export interface Seen {
  readonly incidents: readonly Incident[];
  /** Id of the customer's own row; null where it has to be made. */
  readonly customer: string | null;
  /** Of what the message adds, what is still missing: `note`, or the URI of an attachment. */
  readonly missing: ReadonlySet<string>;
}

export interface Looking {
  readonly incidents: string;
  readonly customer: Customer | null;
  readonly additions: readonly string[];
}

/** The incidents that a condition names. */
export const incidentsWhere = ({ incidentKey }: DynamicsSettings, $filter: string): BatchPart =>
  query('/incidents', Incidents, {
    $filter,
    $select: `${incidentColumns},${incidentKey}`,
    $top: 2,
  });

const nothing = '00000000-0000-0000-0000-000000000000';

const notesPart = (additions: readonly string[], messageId: string): BatchPart => {
  const ids = additions.map((what) => `annotationid eq ${noteIdOf(messageId, what)}`);
  const $filter = anyOf(ids) ?? `annotationid eq ${nothing}`;
  return query('/annotations', NoteIds, { $filter, $select: 'annotationid' });
};

const customerPart = (customer: Customer | null, settings: DynamicsSettings): BatchPart[] => {
  const filter = customer && sameAsFilter(customer, settings);
  if (!filter) return [];
  const { table } = customer;
  return [
    query(`/${table}s`, CustomerIds, {
      $filter: filter,
      $select: `${table}id`,
      $orderby: 'createdon asc',
      $top: 1,
    }),
  ];
};

/** Everything that decides what is still to be done, in one request. */
export const look = async (
  client: Dynamics,
  { incidents, customer, additions }: Looking,
  { messageId, signal }: SendContext,
): Promise<Seen> => {
  const parts = [
    incidentsWhere(client.settings, incidents),
    notesPart(additions, messageId),
    ...customerPart(customer, client.settings),
  ];
  const [first, second, third] = await queryAll(client, parts, signal);
  const there = new Set(
    rowsIn(NoteIds, second).map(({ annotationid }) => annotationid.toLowerCase()),
  );
  const [row] = third === undefined ? [] : rowsIn(CustomerIds, third);
  return {
    incidents: rowsIn(Incidents, first),
    customer: row?.contactid ?? row?.accountid ?? null,
    missing: new Set(additions.filter((what) => !there.has(noteIdOf(messageId, what)))),
  };
};

const notFound = (): Failure =>
  new Failure('reject', 'Dynamics 365 has no incident for this melding', {
    code: 'not-found',
    pointer: '/subject',
  });

/** Condition for the incident that a message is about: by reference, else by the numbers that it is known under. */
export const conditionFor = (
  { settings }: Dynamics,
  numbers: readonly string[],
  reference: string | null,
): string => {
  if (reference !== null) return `incidentid eq ${reference}`;
  const conditions = numbers.flatMap((number) => [
    `ticketnumber eq ${quoted(number)}`,
    `${settings.incidentKey} eq ${quoted(number)}`,
  ]);
  return anyOf(conditions) ?? never();
};

const never = (): never => {
  throw notFound();
};

/** The one incident that was found, which must be the one that was asked for. */
export const only = (incidents: readonly Incident[], reference: string | null): Incident => {
  const [one, another] = incidents;
  if (!one) throw notFound();
  if (another)
    throw new Failure(
      'reject',
      'Dynamics 365 has several incidents with the number of this melding',
      {
        code: 'conflict',
        pointer: '/data/identificator',
      },
    );
  if (reference !== null && one.incidentid.toLowerCase() !== reference.toLowerCase())
    throw new Failure('retry', 'Dynamics 365 answered with another incident than was asked for', {
      code: 'unavailable',
    });
  return one;
};
