import { numberIn } from './citizens.js';
import type { MessageView } from './meldpunt.js';
import { expectedStatuses, shownStatuses, solvedAs, statusOf, type Told } from './story.js';

const labels: ReadonlyMap<string, string> = new Map(
  expectedStatuses.map(({ concept, label }) => [concept, label]),
);

const sequenceComplaint = ({ statuses }: Told): string | null => {
  const read = statuses.map((status) => labels.get(statusOf(status)) ?? statusOf(status)).join();
  const expected = expectedStatuses
    .flatMap(({ label, times }) => Array<string>(times).fill(label))
    .join();
  return read === expected ? null : `the postvak gave [${read}] instead of [${expected}]`;
};

const ofSystem = (
  found: readonly { readonly id: string; readonly solved: boolean }[],
  system: string,
  view: MessageView | null,
): string | null => {
  const [one, another] = found;
  if (!one || another) return `${found.length} incidents in ${system} instead of 1`;
  const named = view?.targets.some(({ externalId }) => externalId === one.id) ?? false;
  if (!named) return `what the bus says of it does not name its incident in ${system}`;
  return one.solved ? null : `it is not solved in ${system}`;
};

const incidentComplaints = ({ incidents, cases, view }: Told): (string | null)[] => [
  ofSystem(
    incidents.map(({ id, processingStatus }) => ({
      id,
      solved: processingStatus === solvedAs.processingStatus,
    })),
    'TOPdesk',
    view,
  ),
  ofSystem(
    cases.map(({ incidentid: id, statuscode }) => ({
      id,
      solved: statuscode === solvedAs.statuscode,
    })),
    'Dynamics 365',
    view,
  ),
];

const shownComplaint = ({ event, dossiers, shown }: Told): string | null => {
  const [one, another] = dossiers;
  if (!one || another) return `${dossiers.length} dossiers in Mijn Burgerprofiel instead of 1`;
  const residents = one.Agenten.map((agent) => agent.Identificatie).join();
  if (residents !== numberIn(event)) return 'its dossier is shown to somebody else';
  return shown.join() === shownStatuses.join()
    ? null
    : `Mijn Burgerprofiel was told [${shown.join()}] instead of [${shownStatuses.join()}]`;
};

/** What is not as promised about one melding, in words; empty where all is well. */
export const differencesOf = (told: Told): string[] => {
  const status = told.view?.status ?? 'unknown';
  return [
    ...incidentComplaints(told),
    shownComplaint(told),
    status === 'delivered' ? null : `its status is ${status}`,
    sequenceComplaint(told),
  ]
    .filter((complaint) => complaint !== null)
    .map((complaint) => `${told.event.subject}: ${complaint}`);
};
