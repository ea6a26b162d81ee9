import { randomUUID } from 'node:crypto';
import { persoonContext } from '#oslo/persoon/types.js';
import type { Random } from '#infra/load/random.js';
import type { Happened } from './happened.js';
import { pulse } from './pulse.js';
import { calling, hookTokenOf, type Calling, type Town } from './towns.js';
import { meldingenToken, type TownSystems } from './town-systems.js';

/** What people and programs in and around the towns work with. */
export interface TownLife {
  readonly gateway: string;
  readonly towns: readonly Town[];
  readonly systems: TownSystems;
  readonly random: Random;
  readonly happened: Happened;
  readonly signal: AbortSignal;
  /** Messages of the applications of all other tenants. */
  readonly perSecond: number;
}

const callMs = 30_000;
const photoBytes = 20_000;
/** Invented persons whom the simulator of MAGDA knows. */
const known = ['85640103336', '82651102180', '12630701512', '90620901797'];
const unknown = '85640199940';
const mutationsPerSecond = 1 / 20;

/** Of the messages of the others, so many more. */
const shares = { questions: 0.1, submissions: 0.05, work: 0.08 };

/** As a careful caller does: where the line drops, the same is sent once more. */
const call = async (url: string, request: () => RequestInit): Promise<Response> => {
  const once = () => fetch(url, { ...request(), signal: AbortSignal.timeout(callMs) });
  try {
    return await once();
  } catch {
    return once();
  }
};

/** Told that the bus is busy, a caller comes again; here the next one does. */
const isBusy = ({ status }: Response): boolean => status === 429 || status === 503;

const questionOf = (town: Town, insz: string): string =>
  JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: `urn:lb:${town.id}:burgerzaken`,
    type: 'be.lbbus.persoon.opvragen.v1',
    subject: `urn:uuid:${randomUUID()}`,
    time: new Date().toISOString(),
    datacontenttype: 'application/ld+json',
    verwerking: 'dienstverlening-burgerzaken',
    data: {
      '@context': persoonContext,
      '@type': 'Persoonsvraag',
      registratie: { '@type': 'Identificator', identificator: insz },
    },
  });

const ask = async ({ gateway, towns, random, happened }: TownLife): Promise<void> => {
  const town = random.pick(towns);
  const body = questionOf(town, random.chance(0.9) ? random.pick(known) : unknown);
  const headers = {
    authorization: `Bearer ${town.key}`,
    'content-type': 'application/cloudevents+json',
    prefer: 'wait=10',
  };
  const response = await call(`${gateway}/v1/messages`, () => ({ method: 'POST', headers, body }));
  const text = await response.text();
  if (response.status === 202) happened.count('questions answered later');
  else if (isBusy(response)) happened.count('questions told to come again');
  else if (response.status === 200) happened.count('questions answered');
  else happened.flaw(`a question was answered ${response.status}: ${text.slice(0, 200)}`);
};

const submissionOf = (random: Random): FormData => {
  const melding = {
    id: `mbp-${randomUUID()}`,
    submittedAt: new Date().toISOString(),
    category: 'wegdek',
    title: 'Put in het wegdek',
    description: 'Een diepe put, gemeld in Mijn Burgerprofiel.',
    language: 'nl',
    reporter: {
      insz: random.pick(known),
      firstName: 'An',
      lastName: 'Voorbeeld',
      email: 'an.voorbeeld@burgers.example',
    },
  };
  const form = new FormData();
  form.append('melding', new Blob([JSON.stringify(melding)], { type: 'application/json' }));
  const photo = new Blob([new Uint8Array(photoBytes).fill(7)], { type: 'image/png' });
  if (random.chance(0.3)) form.append('bijlage', photo, 'put.png');
  return form;
};

/** A citizen submits, and looks at once how far it is. */
const submit = async ({ gateway, towns, random, happened }: TownLife): Promise<void> => {
  const path = `${gateway}/mbp/${random.pick(towns).id}/v1/melding`;
  const headers = { authorization: `Bearer ${meldingenToken}` };
  const body = submissionOf(random);
  const response = await call(path, () => ({ method: 'POST', headers, body }));
  const text = await response.text();
  if (isBusy(response)) {
    happened.count('citizens told to come again');
    return;
  }
  if (!response.ok) {
    happened.flaw(`a submission was answered ${response.status}: ${text.slice(0, 200)}`);
    return;
  }
  happened.count('meldingen submitted');
  const { id } = JSON.parse(text) as { readonly id: string };
  const looked = await call(`${path}/${id}`, () => ({ headers }));
  await looked.arrayBuffer();
};

/** What somebody does to an incident, by system. */
const acts: Readonly<Record<Calling, readonly string[]>> = {
  topdesk: ['takeInTreatment', 'solve', 'writeProgress', 'attachFile'],
  dynamics365: ['research', 'resolve', 'writeNote'],
};

interface Seen {
  readonly id?: string;
  readonly incidentid?: string;
}

const lookMs = 10_000;

/** The latest incidents of an account: all of them are listed for it, so not at each turn. */
const latestAt = (systems: TownSystems) => {
  const seen = new Map<string, { readonly atMs: number; readonly ids: readonly string[] }>();
  return (connector: Calling, town: string): readonly string[] => {
    const key = `${connector}|${town}`;
    const before = seen.get(key);
    if (before && performance.now() - before.atMs < lookMs) return before.ids;
    const incidents = (systems.of(connector).state(town) as readonly Seen[]).slice(-20);
    const ids = incidents.map(({ id, incidentid }) => id ?? incidentid ?? '');
    seen.set(key, { atMs: performance.now(), ids });
    return ids;
  };
};

/** Somebody works on an incident, upon which the system calls the bus. */
const working = ({ towns, systems, random, happened }: TownLife): (() => Promise<void>) => {
  const latest = latestAt(systems);
  return () => {
    const connector = random.pick(calling);
    const { id: town } = random.pick(towns);
    const ids = latest(connector, town);
    if (ids.length > 0) {
      systems.of(connector).drive(town, random.pick(acts[connector]), { id: random.pick(ids) });
      happened.count('changes by staff, each with a call');
    }
    return Promise.resolve();
  };
};

/** Something changes of a person, about whom whoever inscribed is told. */
const change = ({ towns, systems, random, happened }: TownLife): Promise<void> => {
  const insz = random.pick(known);
  systems.of('magda').drive(random.pick(towns).id, 'changePerson', { insz });
  happened.count('changes of persons');
  return Promise.resolve();
};

/** Tells the systems where the bus is called. */
const registerHooks = ({ gateway, towns, systems }: TownLife): void => {
  for (const connector of calling)
    for (const town of towns)
      systems.of(connector).drive(town.id, 'setWebhook', {
        url: `${gateway}/v1/hooks/${hookTokenOf(town, connector)}`,
        headers: { 'x-lb-bus-secret': town.hook.secret },
      });
};

/** Lets questions be asked, meldingen be submitted, and staff and registers change things, until the signal. */
export const live = async (life: TownLife): Promise<void> => {
  registerHooks(life);
  const { happened, signal, perSecond } = life;
  const often = (share: number, what: string, act: () => Promise<void>) =>
    pulse({ perSecond: share, signal }, () => happened.guard(what, act));
  await Promise.all([
    often(shares.questions * perSecond, 'a question', () => ask(life)),
    often(shares.submissions * perSecond, 'a submission', () => submit(life)),
    often(shares.work * perSecond, 'staff', working(life)),
    often(mutationsPerSecond, 'a change of a person', () => change(life)),
  ]);
};
