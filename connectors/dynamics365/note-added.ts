import { Type } from '@sinclair/typebox';
import { source } from '#kit/source.js';
import type { Derived, Json } from '#kit/message.js';
import type { SourceItemContext, SourceResult } from '#kit/source.js';
import { wordsOfHtml } from '#kit/text.js';
import { meldingAangevuld, meldingContext } from '#oslo/melding/types.js';
import { pageOf, placeOf, readChanges } from './changes.js';
import type { Followed, Place } from './changes.js';
import { anyOf, query, queryAll, rowsIn, rowsOf } from './client.js';
import type { Dynamics } from './client.js';
import { hintedId, verify } from './hint.js';
import { busIdIn, instantOf, Note, noteColumns } from './incident.js';
import type { Ours } from './incident.js';
import { ownMark } from './notes.js';
import type { DynamicsSettings } from './settings.js';
import { objectOf } from '#kit/status-order.js';

/** A note at an incident. */
type IncidentNote = Note & Ours & { readonly _objectid_value: string };

const Notes = rowsOf(Note);
const IncidentIds = rowsOf(Type.Object({ incidentid: Type.String() }));

const notes: Followed<typeof Note> = {
  path: '/annotations',
  columns: noteColumns,
  page: pageOf(Note),
};

/** The bus recognises a message that comes again for 30 days; older notes are left to a read of all. */
const overlapMs = 86_400_000;

/** So many of the notes that were told are remembered at their incident. */
const remembered = 50;

interface Cursor extends Place {
  /** RFC 3339: in a read of all, notes from before it have been told, or are history. */
  readonly since: string;
}

const cursorOf = (cursor: Json, now: Date): Cursor => {
  const { since } = objectOf(cursor);
  return {
    ...placeOf(cursor),
    since: typeof since === 'string' ? since : now.toISOString(),
  };
};

const isToTell = (note: Note, { noteMarker }: DynamicsSettings): note is IncidentNote => {
  const title = note.subject ?? '';
  if (noteMarker === undefined || !title.startsWith(noteMarker)) return false;
  return (
    note.objecttypecode === 'incident' &&
    note._objectid_value !== null &&
    !title.startsWith(ownMark)
  );
};

/** The notes with the bus id of the incident that each is at. */
const named = async (
  client: Dynamics,
  found: readonly IncidentNote[],
  signal: AbortSignal,
): Promise<IncidentNote[]> => {
  const ids = [...new Set(found.map((note) => note._objectid_value))];
  const $filter = anyOf(ids.map((id) => `incidentid eq ${id}`));
  if ($filter === null) return [];
  const { incidentKey } = client.settings;
  const $select = `incidentid,${incidentKey}`;
  const [rows] = await queryAll(
    client,
    [query('/incidents', IncidentIds, { $filter, $select })],
    signal,
  );
  const busIds = new Map(
    rowsIn(IncidentIds, rows).map((row) => [row.incidentid, busIdIn(row, incidentKey)]),
  );
  return found.map((note) => ({ ...note, busId: busIds.get(note._objectid_value) ?? null }));
};

const wordsOfNote = ({ notetext, filename }: Note): string =>
  [wordsOfHtml(notetext ?? ''), ...(filename === null ? [] : [`Bijlage: ${filename}`])]
    .filter((text) => text !== '')
    .join('\n');

const messageOf = (note: IncidentNote, subject: string): Derived => ({
  type: meldingAangevuld.type,
  id: note.annotationid,
  time: instantOf(note.createdon),
  data: {
    '@context': meldingContext,
    '@id': subject,
    '@type': 'Melding',
    heeftBody: [{ '@type': 'MeldingBody', beschrijving: wordsOfNote(note) }],
  },
});

const toldIn = (state: Json | undefined): Json[] => {
  const { notes: told } = objectOf(state);
  return Array.isArray(told) ? told : [];
};

/** What a note says, once: later changes of it are not told. */
const toAddition = (
  note: IncidentNote,
  { subject, state }: SourceItemContext<DynamicsSettings>,
): SourceResult => {
  const told = toldIn(state);
  const known = told.includes(note.annotationid);
  if (subject === null || known || wordsOfNote(note) === '')
    return { message: null, state: state ?? null };
  const latest = [...told, note.annotationid].slice(-remembered);
  return { message: messageOf(note, subject), state: { ...objectOf(state), notes: latest } };
};

export const noteAdded = source<IncidentNote, DynamicsSettings, Dynamics>({
  summary:
    'Tells notes at incidents whose title begins with the marker, by change tracking and on the hint of a webhook.',
  emits: meldingAangevuld,
  poll: {
    everySeconds: ({ pollSeconds }) => pollSeconds,
    read: async (client, at, { signal, settings, now }) => {
      if (settings.noteMarker === undefined) return { items: [], cursor: at, more: false };
      const cursor = cursorOf(at, now);
      const { rows, next, more, whole } = await readChanges(client, notes, cursor, signal);
      const isNew = ({ createdon }: Note): boolean =>
        !whole || Date.parse(createdon) >= Date.parse(cursor.since);
      const since = more ? cursor.since : new Date(now.getTime() - overlapMs).toISOString();
      const toTell = rows.filter(isNew).filter((note) => isToTell(note, settings));
      return {
        items: await named(client, toTell, signal),
        cursor: { ...next, since },
        more,
      };
    },
  },
  webhook: {
    verify,
    read: async (client, request, { signal, settings }) => {
      const id = hintedId(request, 'annotation');
      if (id === null || settings.noteMarker === undefined) return [];
      const part = query('/annotations', Notes, {
        $filter: `annotationid eq ${id}`,
        $select: noteColumns,
      });
      const [rows] = await queryAll(client, [part], signal);
      const toTell = rowsIn(Notes, rows).filter((note) => isToTell(note, settings));
      return named(client, toTell, signal);
    },
  },
  externalId: ({ _objectid_value }) => _objectid_value,
  message: ({ busId }) => busId ?? null,
  map: toAddition,
});
