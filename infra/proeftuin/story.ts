import { setTimeout as pause } from 'node:timers/promises';
import { busIdOf } from '#bus/envelope.js';
import { openInbox, type Inbox } from './inbox.js';
import { tenantOf, type DemoEvent } from './meldingen.js';
import type { FetchedEvent, Meldpunt, MessageView } from './meldpunt.js';
import { sideBySide } from './side-by-side.js';
import type { Incident, ServiceDesks } from './topdesk-people.js';

const atOnce = 16;
/** Also how often all environments of TOPdesk are read whole. */
const pauseMs = 1_000;
const standstillMs = 60_000;

/** Concepts of MeldingStatuswaarde in the order in which a sender must read them. */
export const expectedStatuses = [
  { concept: '557', label: 'Toegewezen aan' },
  { concept: '496', label: 'In onderzoek' },
  { concept: '133', label: 'Opgelost' },
] as const;

/** What became of one melding. */
export interface Told {
  readonly event: DemoEvent;
  readonly tenant: string;
  readonly busId: string;
  readonly incidents: readonly Incident[];
  readonly view: MessageView | null;
  readonly statuses: readonly FetchedEvent[];
}

/** Called as the story goes on. */
export type Report = (phase: string, done: number, total: number) => void;

export interface Scene {
  readonly meldpunten: ReadonlyMap<string, Meldpunt>;
  readonly desks: ServiceDesks;
  readonly report: Report;
}

const meldpuntIn = ({ meldpunten }: Scene, event: DemoEvent): Meldpunt => {
  const meldpunt = meldpunten.get(tenantOf(event));
  if (!meldpunt) throw new Error(`there is no meldpunt for ${event.source}`);
  return meldpunt;
};

/** Id on the bus of a melding. */
export const busIdFor = (event: DemoEvent): string =>
  busIdOf(tenantOf(event), event.source, event.id);

/** Sends all; throws where one is refused or gets another id than a sender may compute. */
export const sendAll = async (
  scene: Scene,
  events: readonly DemoEvent[],
  phase: string,
): Promise<void> => {
  let sent = 0;
  await sideBySide(events, atOnce, async (event) => {
    const id = await meldpuntIn(scene, event).send(event);
    if (id !== busIdFor(event)) throw new Error(`${event.subject} was given the id ${id}`);
    scene.report(phase, ++sent, events.length);
  });
};

/** Resolves when `count` reaches `total`, or has not moved for a minute: what is missing is told at the end. */
const reach = async (
  total: number,
  count: () => number | Promise<number>,
  tell: (done: number) => void,
): Promise<void> => {
  let before = -1;
  let movedAt = performance.now();
  for (;;) {
    const done = await count();
    if (done !== before) {
      before = done;
      movedAt = performance.now();
      tell(done);
    }
    if (done >= total || performance.now() - movedAt > standstillMs) return;
    await pause(pauseMs);
  }
};

const statusOf = (event: FetchedEvent): string =>
  event.data.heeftStatus[0]?.statusType['@id'].split('/').at(-1) ?? '';

const untilFetched = async (
  scene: Scene,
  inbox: Inbox,
  events: readonly DemoEvent[],
  status: (typeof expectedStatuses)[number],
): Promise<void> => {
  const has = ({ subject }: DemoEvent): boolean =>
    inbox.about(subject).some((event) => statusOf(event) === status.concept);
  await reach(
    events.length,
    () => events.filter(has).length,
    (done) => scene.report(`"${status.label}" in the postvak`, done, events.length),
  );
};

const act = async (
  { report }: Scene,
  incidents: readonly Incident[],
  { phase, work }: { phase: string; work: (incident: Incident) => Promise<void> },
): Promise<void> => {
  let done = 0;
  await sideBySide(incidents, atOnce, async (incident) => {
    await work(incident);
    report(phase, ++done, incidents.length);
  });
};

const viewOf = async (scene: Scene, event: DemoEvent): Promise<MessageView | null> => {
  const ask = () => meldpuntIn(scene, event).status(busIdFor(event));
  const first = await ask();
  if (first?.status === 'delivered') return first;
  await pause(2_000);
  return ask();
};

const viewsOf = async (
  scene: Scene,
  events: readonly DemoEvent[],
): Promise<readonly (MessageView | null)[]> => {
  let asked = 0;
  return sideBySide(events, atOnce, async (event) => {
    const view = await viewOf(scene, event);
    scene.report('asked what became of them', ++asked, events.length);
    return view;
  });
};

/**
 * Follows meldingen that were sent: waits for their incidents, has these taken in treatment and solved, and fetches every
 * status. Answers what became of each; what is missing after a minute without movement is missing in the answer.
 */
export const follow = async (scene: Scene, events: readonly DemoEvent[]): Promise<Told[]> => {
  const inbox = openInbox(scene.meldpunten.values());
  const wanted = new Set(events.map(busIdFor));
  const ours = async (): Promise<Incident[]> =>
    (await scene.desks.incidents()).filter(({ externalNumber }) => wanted.has(externalNumber));
  const countOurs = async (): Promise<number> =>
    new Set((await ours()).map(({ externalNumber }) => externalNumber)).size;
  await reach(events.length, countOurs, (done) =>
    scene.report('incidents in TOPdesk', done, events.length),
  );
  const [assigned, inTreatment, solved] = expectedStatuses;
  await untilFetched(scene, inbox, events, assigned);
  const incidents = await ours();
  await act(scene, incidents, {
    phase: 'taken in treatment in TOPdesk',
    work: scene.desks.takeInTreatment,
  });
  await untilFetched(scene, inbox, events, inTreatment);
  await act(scene, incidents, { phase: 'solved in TOPdesk', work: scene.desks.solve });
  await untilFetched(scene, inbox, events, solved);
  const views = await viewsOf(scene, events);
  await inbox.close();
  const atTheEnd = await ours();
  return events.map((event, index) => {
    const busId = busIdFor(event);
    return {
      event,
      tenant: tenantOf(event),
      busId,
      incidents: atTheEnd.filter(({ externalNumber }) => externalNumber === busId),
      view: views[index] ?? null,
      statuses: inbox.about(event.subject),
    };
  });
};

const labels: ReadonlyMap<string, string> = new Map(
  expectedStatuses.map(({ concept, label }) => [concept, label]),
);

const sequenceComplaint = ({ statuses }: Told): string | null => {
  const read = statuses.map((status) => labels.get(statusOf(status)) ?? statusOf(status)).join();
  const expected = expectedStatuses.map(({ label }) => label).join();
  return read === expected ? null : `the postvak gave [${read}] instead of [${expected}]`;
};

const incidentComplaint = ({ incidents, view }: Told): string | null => {
  const [incident, another] = incidents;
  if (!incident || another) return `${incidents.length} incidents instead of 1`;
  const named = view?.targets.some(({ externalId }) => externalId === incident.id) ?? false;
  return named ? null : 'what the bus says of it does not name its incident';
};

/** What is not as promised about one melding, in words; empty where all is well. */
export const differencesOf = (told: Told): string[] => {
  const status = told.view?.status ?? 'unknown';
  return [
    incidentComplaint(told),
    status === 'delivered' ? null : `its status is ${status}`,
    sequenceComplaint(told),
  ]
    .filter((complaint) => complaint !== null)
    .map((complaint) => `${told.event.subject}: ${complaint}`);
};
