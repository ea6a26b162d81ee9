import type { Json } from '#kit/message.js';
import { dynamics365 } from '#connectors/dynamics365/dynamics365.connector.js';
import { defaultStatuses as reasons } from '#connectors/dynamics365/status.js';
import { defaultStatuses as processing, meldingStatusOf } from '#connectors/topdesk/status.js';
import { topdesk } from '#connectors/topdesk/topdesk.connector.js';
import type { People } from './system.js';

const text = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const body = (json: unknown) => ({ headers: {}, body: Buffer.from(JSON.stringify(json)) });

type Row = Readonly<Record<string, Json>>;
const rowWith = (shown: Json, column: string, id: string): Row => {
  const found = (shown as Row[]).find((row) => row[column] === id);
  if (!found) throw new Error(`nothing is known as ${id}`);
  return found;
};

const processingStatuses: Readonly<Record<string, string>> = {
  'Toegewezen aan': 'Geregistreerd',
  'In onderzoek': 'In behandeling',
  // Two statuses that TOPdesk does not tell apart.
  Heringediend: 'In behandeling',
  Opgelost: 'Afgemeld',
  Afgewezen: 'Afgewezen',
  Gesloten: 'Gesloten',
  Ingetrokken: 'Gesloten',
};

/** The technical department, in TOPdesk: it knows some statuses under one name, and some not at all. */
export const technicalDepartment: People = {
  connector: topdesk,
  settings: { processingStatuses },
  statuses: [
    'In behandeling',
    'Afgewezen',
    'Afgemeld',
    'Gesloten',
    'Geregistreerd',
    'solve',
    'close',
  ],
  give: (drive, id, status) => {
    if (status === 'solve' || status === 'close') drive(status, { id });
    else drive('setStatus', { id, processingStatus: status });
  },
  note: null,
  call: (id) => body({ id }),
  seen: (shown, id) => {
    const { processingStatus, completed, closed, actions } = rowWith(shown, 'id', id);
    const status = text(processingStatus);
    const ended = completed === true || closed === true;
    const label = meldingStatusOf({ processingStatus: status, ended }, processing);
    return { status, label, texts: actions as string[] };
  },
  shows: (label) => processing[processingStatuses[label] ?? ''] ?? null,
};

const statuscodes: Readonly<Record<string, { statecode: number; statuscode: number }>> = {
  'Toegewezen aan': { statecode: 0, statuscode: 1 },
  'In onderzoek': { statecode: 0, statuscode: 4 },
  Heringediend: { statecode: 0, statuscode: 2 },
  Opgelost: { statecode: 1, statuscode: 5 },
  Afgewezen: { statecode: 2, statuscode: 6 },
  Gesloten: { statecode: 2, statuscode: 2000 },
  Ingetrokken: { statecode: 2, statuscode: 2000 },
};

const statuses: Readonly<Record<string, string>> = {
  ...reasons,
  2: 'Heringediend',
  6: 'Afgewezen',
  2000: 'Gesloten',
};

/** The contact centre, in Dynamics 365. */
export const contactCentre: People = {
  connector: dynamics365,
  settings: { statuscodes, statuses, noteMarker: 'Melder:' },
  statuses: ['1', '2', '4', '5', '6', '1000', '2000'],
  give: (drive, id, status) => drive('setStatus', { id, statuscode: Number(status) }),
  note: (drive, id, text) => drive('writeNote', { id, title: 'Melder: nieuws', text }),
  call: (id) => body({ PrimaryEntityName: 'incident', PrimaryEntityId: id, MessageName: 'Update' }),
  seen: (shown, id) => {
    const { statuscode, notes } = rowWith(shown, 'incidentid', id);
    const status = text(statuscode);
    const texts = (notes as Row[]).map(({ notetext }) => text(notetext));
    return { status, label: statuses[status] ?? null, texts };
  },
  shows: (label) => {
    const given = statuscodes[label];
    return given ? (statuses[String(given.statuscode)] ?? null) : null;
  },
};
