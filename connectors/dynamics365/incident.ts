import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';

const Guid = Type.String({ pattern: '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' });
const Instant = Type.String({ format: 'date-time' });

/** The version of a row: it grows with each change in the whole environment. */
const Etag = Type.String({ pattern: '^W/"\\d{1,15}"$' });

/** What the connector reads of an incident. */
export const Incident = Type.Object({
  '@odata.etag': Etag,
  incidentid: Guid,
  ticketnumber: Type.Union([Type.String(), Type.Null()]),
  statecode: Type.Integer(),
  statuscode: Type.Integer(),
  createdon: Instant,
  modifiedon: Instant,
});
export type Incident = Static<typeof Incident>;

/** The incident of a melding: made by this very attempt, or found because an earlier one had made it. */
export interface Registered {
  readonly incident: Incident;
  readonly made: boolean;
}

/** An item of a source that says under which bus id its incident was registered. */
export interface Ours {
  readonly busId?: string | null;
}

/** The value of the alternate key in a row: the bus id, where the bus made it. */
export const busIdIn = (row: object, column: string): string | null => {
  const value: unknown = Object.entries(row).find(([name]) => name === column)?.[1];
  return typeof value === 'string' ? value : null;
};

/** What the connector reads of a note. */
export const Note = Type.Object({
  '@odata.etag': Etag,
  annotationid: Guid,
  subject: Type.Union([Type.String(), Type.Null()]),
  notetext: Type.Union([Type.String(), Type.Null()]),
  filename: Type.Union([Type.String(), Type.Null()]),
  objecttypecode: Type.Union([Type.String(), Type.Null()]),
  _objectid_value: Type.Union([Guid, Type.Null()]),
  createdon: Instant,
});
export type Note = Static<typeof Note>;

/** A row that is gone, as change tracking tells it. */
export const Deleted = Type.Object({ id: Type.String(), reason: Type.String() });

export const incidentColumns = Object.keys(Incident.properties).slice(1).join(',');
export const noteColumns = Object.keys(Note.properties).slice(1).join(',');

/** Lengths of columns in UTF-16 units, as the tables are delivered (Dataverse table reference). */
export const lengths = {
  title: 200,
  description: 2000,
  firstname: 50,
  lastname: 50,
  name: 160,
  accountnumber: 20,
  emailaddress1: 100,
  telephone1: 50,
  notetext: 100_000,
  subject: 500,
  filename: 255,
  mimetype: 256,
};

/** Columns of a row that is sent: texts, choices and bindings. */
export type Columns = Readonly<Record<string, string | number>>;

/** RFC 3339 in UTC with milliseconds, whatever precision came. */
export const instantOf = (date: string): string => new Date(date).toISOString();

/** The version in an ETag, as a number that can be compared. */
export const versionOf = ({ '@odata.etag': etag }: { readonly '@odata.etag': string }): number =>
  Number(etag.slice(3, -1));
