import { setTimeout as pause } from 'node:timers/promises';
import { busIdOf } from '#bus/envelope.js';
import { dossierKeyOf, keyIn, type Citizens, type Dossier } from './citizens.js';
import { openInbox, type Inbox } from './inbox.js';
import { tenantOf, type DemoEvent } from './meldingen.js';
import type { FetchedEvent, Meldpunt, MessageView } from './meldpunt.js';
import { reach } from './reach.js';
import { sideBySide } from './side-by-side.js';
import type { Case, ContactCentres } from './dynamics-people.js';
import type { Incident, ServiceDesks } from './topdesk-people.js';

const atOnce = 16;

/** Concepts of MeldingStatuswaarde in the order in which a sender must read them; each system tells that it has the melding. */
export const expectedStatuses = [
  { concept: '557', label: 'Toegewezen aan', times: 2 },
  { concept: '496', label: 'In onderzoek', times: 1 },
  { concept: '133', label: 'Opgelost', times: 1 },
] as const;

/** What a resident is told of a melding, in order: the second system that has it is no news. */
export const shownStatuses = ['Ingediend', ...expectedStatuses.map(({ label }) => label)];
const [, , , shownAtLast] = shownStatuses;

/** What a melding that is solved is called in both systems. */
export const solvedAs = { processingStatus: 'Afgemeld', statuscode: 5 };
const inTreatmentAs = { processingStatus: 'In behandeling', statuscode: 4 };

/** What became of one melding. */
export interface Told {
  readonly event: DemoEvent;
  readonly tenant: string;
  readonly busId: string;
  readonly incidents: readonly Incident[];
  readonly cases: readonly Case[];
  /** In Mijn Burgerprofiel of the tenant, and the labels that they were told, in order. */
  readonly dossiers: readonly Dossier[];
  readonly shown: readonly string[];
  readonly view: MessageView | null;
  readonly statuses: readonly FetchedEvent[];
}

/** Called as the story goes on. */
export type Report = (phase: string, done: number, total: number) => void;

export interface Scene {
  readonly meldpunten: ReadonlyMap<string, Meldpunt>;
  readonly desks: ServiceDesks;
  readonly centres: ContactCentres;
  readonly citizens: Citizens;
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

/** Concept of the status that a message tells. */
export const statusOf = (event: FetchedEvent): string =>
  event.data.heeftStatus[0]?.statusType['@id'].split('/').at(-1) ?? '';

const untilFetched = async (
  scene: Scene,
  inbox: Inbox,
  events: readonly DemoEvent[],
  status: (typeof expectedStatuses)[number],
): Promise<void> => {
  const has = ({ subject }: DemoEvent): boolean =>
    inbox.about(subject).filter((event) => statusOf(event) === status.concept).length >=
    status.times;
  await reach(
    events.length,
    () => events.filter(has).length,
    (done) => scene.report(`"${status.label}" in the postvak`, done, events.length),
  );
};

const act = async <T>(
  { report }: Scene,
  things: readonly T[],
  { phase, work }: { phase: string; work: (thing: T) => Promise<void> },
): Promise<void> => {
  let done = 0;
  await sideBySide(things, atOnce, async (thing) => {
    await work(thing);
    report(phase, ++done, things.length);
  });
};

/** What the systems hold of these meldingen. */
interface Held {
  readonly incidents: Incident[];
  readonly cases: Case[];
}

const heldOf = async ({ desks, centres }: Scene, wanted: ReadonlySet<string>): Promise<Held> => {
  const [incidents, cases] = await Promise.all([desks.incidents(), centres.cases()]);
  return {
    incidents: incidents.filter(({ externalNumber }) => wanted.has(externalNumber)),
    cases: cases.filter(({ lb_externalid: id }) => wanted.has(id)),
  };
};

/** How many meldingen both systems have, solved or not. */
const countBoth = ({ incidents, cases }: Held): number => {
  const there = new Set(cases.map(({ lb_externalid: id }) => id));
  return new Set(incidents.map((one) => one.externalNumber).filter((id) => there.has(id))).size;
};

const shownAs =
  (as: typeof solvedAs) =>
  ({ incidents, cases }: Held): Held => ({
    incidents: incidents.filter((one) => one.processingStatus === as.processingStatus),
    cases: cases.filter((one) => one.statuscode === as.statuscode),
  });

/** Solved where the other system hears of it: by the contact centre, else at the service desk. */
const solveAll = async (scene: Scene, { incidents, cases }: Held): Promise<void> => {
  const { desks, centres } = scene;
  const led = cases.filter(({ tenant }) => centres.leads(tenant));
  const other = incidents.filter(({ tenant }) => !centres.leads(tenant));
  await act(scene, led, { phase: 'solved in Dynamics 365', work: centres.resolve });
  await act(scene, other, { phase: 'solved in TOPdesk', work: desks.solve });
};

const byKey = <T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const one of things) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
};

const dossiersOf = async ({ citizens }: Scene): Promise<ReadonlyMap<string, Dossier[]>> =>
  byKey(await citizens.dossiers(), (one) => keyIn(one.Identificatie.DossierNummer));

const untilShown = (scene: Scene, events: readonly DemoEvent[]): Promise<void> =>
  reach(
    events.length,
    async () => {
      const dossiers = await dossiersOf(scene);
      return events.filter((event) =>
        dossiers.get(dossierKeyOf(event))?.some(({ Status }) => Status.Detail1 === shownAtLast),
      ).length;
    },
    (done) => scene.report(`"${shownAtLast}" at the citizen`, done, events.length),
  );

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
 * Follows meldingen that were sent: waits for them in both systems, has them taken in treatment in one and solved in the
 * other, and fetches every status. Answers what became of each; what is missing after a minute without movement is missing in the answer.
 */
export const follow = async (scene: Scene, events: readonly DemoEvent[]): Promise<Told[]> => {
  const inbox = openInbox(scene.meldpunten.values());
  const wanted = new Set(events.map(busIdFor));
  const held = (): Promise<Held> => heldOf(scene, wanted);
  const reachBoth = (phase: string, of: (all: Held) => Held): Promise<void> =>
    reach(
      events.length,
      async () => countBoth(of(await held())),
      (done) => scene.report(phase, done, events.length),
    );
  await reachBoth('in TOPdesk and Dynamics 365', (all) => all);
  const [assigned, inTreatment, solved] = expectedStatuses;
  await untilFetched(scene, inbox, events, assigned);
  const { incidents, cases } = await held();
  await act(scene, incidents, {
    phase: 'taken in treatment in TOPdesk',
    work: scene.desks.takeInTreatment,
  });
  await untilFetched(scene, inbox, events, inTreatment);
  await reachBoth('in treatment in both', shownAs(inTreatmentAs));
  await solveAll(scene, { incidents, cases });
  await untilFetched(scene, inbox, events, solved);
  await reachBoth('solved in both', shownAs(solvedAs));
  await untilShown(scene, events);
  const views = await viewsOf(scene, events);
  await inbox.close();
  const atTheEnd = await held();
  const dossiers = await dossiersOf(scene);
  const changes = byKey(await scene.citizens.changes(), (one) => keyIn(one.dossier));
  return events.map((event, index) => {
    const busId = busIdFor(event);
    const key = dossierKeyOf(event);
    return {
      event,
      tenant: tenantOf(event),
      busId,
      incidents: atTheEnd.incidents.filter(({ externalNumber }) => externalNumber === busId),
      cases: atTheEnd.cases.filter(({ lb_externalid: id }) => id === busId),
      dossiers: dossiers.get(key) ?? [],
      shown: (changes.get(key) ?? []).map(({ detail }) => detail),
      view: views[index] ?? null,
      statuses: inbox.about(event.subject),
    };
  });
};
