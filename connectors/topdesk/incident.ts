import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';

/** What the connector reads of an incident (Incident API 4.2.6, schema Incident). */
export const Incident = Type.Object({
  id: Type.String(),
  number: Type.String(),
  externalNumber: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  status: Type.String(),
  processingStatus: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
  completed: Type.Boolean(),
  closed: Type.Boolean(),
  creationDate: Type.String(),
  modificationDate: Type.String(),
});
export type Incident = Static<typeof Incident>;

/** The incident of a melding: made by this very attempt, or found because an earlier one had made it. */
export interface Registered {
  readonly incident: Incident;
  readonly made: boolean;
}

/** An empty list is answered with 204 and no body. */
export const Incidents = Type.Union([Type.Array(Incident), Type.Null()]);

const OptionalText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/** An action or an attachment: what it is recognised by. */
const Entry = Type.Object({ memoText: OptionalText, description: OptionalText });
export type Entry = Static<typeof Entry>;
export const Entries = Type.Union([Type.Array(Entry), Type.Null()]);

/** What people wrote in an incident, as the Incident API 4.2.6 gives actions. */
const Action = Type.Object({
  id: Type.String(),
  memoText: OptionalText,
  invisibleForCaller: Type.Boolean(),
  entryDate: Type.String(),
});
export const Actions = Type.Union([Type.Array(Action), Type.Null()]);

/** A file that people attached to an incident. */
const File = Type.Object({
  id: Type.String(),
  fileName: Type.String(),
  description: OptionalText,
  invisibleForCaller: Type.Boolean(),
  entryDate: Type.String(),
});
export const Files = Type.Union([Type.Array(File), Type.Null()]);

export type Named = { readonly name: string };

/** What the connector sends to make an incident (schema IncidentCreateBody), without its external number. */
export interface IncidentRequest {
  readonly status: 'firstLine' | 'secondLine';
  readonly briefDescription: string;
  readonly request: string;
  readonly caller: {
    readonly dynamicName: string;
    readonly email?: string;
    readonly phoneNumber?: string;
    readonly branch?: { readonly id: string };
  };
  readonly entryType?: Named;
  readonly category?: Named;
  readonly subcategory?: Named;
}

/** Dates come as `2021-02-16T12:48:15.000+0000` or, asked for, as `2021-02-16T12:48:15Z`; here they are RFC 3339 in UTC. */
export const instantOf = (date: string): string =>
  new Date(date.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')).toISOString();
