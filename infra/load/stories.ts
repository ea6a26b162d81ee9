import { meldingIngediend } from '#oslo/melding/types.js';
import { aangevuld, ingediend, statusGewijzigd, type About, type LoadEvent } from './messages.js';
import { persons, type Person } from './persons.js';
import type { Random } from './random.js';
import type { LoadTenant } from './tenants.js';

/** The course of one melding: what the application will send about it, one after the other. */
export interface Story {
  readonly tenant: LoadTenant;
  readonly number: string;
  readonly person: Person;
  /** Nobody handed it in through this bus, so the service desk does not know it. */
  readonly orphan: boolean;
  /** Messages still to be sent. */
  left: number;
  sent: number;
}

const orphanShare = 0.04;
const mostMessages = 6;

/** A melding of which nothing was sent yet. */
export const newStory = (tenant: LoadTenant, number: string, random: Random): Story => ({
  tenant,
  number,
  person: random.pick(persons),
  orphan: random.chance(orphanShare),
  left: random.whole(1, mostMessages),
  sent: 0,
});

/** The next message of the story. */
export const nextEvent = (story: Story, random: Random, attachment: string | null): LoadEvent => {
  const { tenant, number, person } = story;
  const id = `${number}-${story.sent}`;
  const about: About = { tenant, number, person, id };
  if (story.sent === 0 && !story.orphan) return ingediend(about, random, attachment);
  return random.chance(0.5) ? aangevuld(about, attachment) : statusGewijzigd(about, random);
};

/** Where the message must be parked: the service desk refuses what is about a melding that it does not know. */
export const parksOf = ({ orphan }: Story): Readonly<Record<string, string>> =>
  orphan ? { topdesk: 'not-found' } : {};

/** The same id with other content, as an application with a fault sends it. */
export const withOtherContent = (event: LoadEvent): LoadEvent => ({
  ...event,
  data: { ...event.data, samenvatting: 'Toch iets anders' },
});

/** What the door must refuse. */
export const invalidOf = (event: LoadEvent, id: string): LoadEvent => ({
  ...event,
  id,
  data: { ...event.data, onbekend: true },
});

export const isIngediend = ({ type }: { readonly type: string }): boolean =>
  type === meldingIngediend.type;
