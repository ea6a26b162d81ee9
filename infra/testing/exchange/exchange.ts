import { busIdOf } from '#bus/envelope.js';
import { eventOf, type Descent } from '#delivery/derive.js';
import type { Derived, Json, Message } from '#kit/message.js';
import type { AnyOperation } from '#kit/operation.js';
import type { AnySource } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import { meldingData } from '../melding.js';
import { statusIri } from '#kit/melding-status.js';
import { attempt, claim, leave } from './hand.js';
import { remember } from './remembering.js';
import {
  System,
  type Accepted,
  type Clock,
  type InHand,
  type Page,
  type People,
  type Sent,
} from './system.js';

const tenant = 'aalter';
const signal = new AbortController().signal;
const meldpunt = `urn:lb:${tenant}:meldpunt`;

type Event = Record<string, Json>;

/** An invented person: the month is 60 higher. */
const citizen = {
  '@type': ['GeregistreerdPersoon', 'Agent'],
  registratie: { '@type': 'Identificator', identificator: '85641501720' },
};

const keep = (system: System, subject: string, operation: AnyOperation, sent: Sent): void => {
  const kept = operation.keep?.(sent.result, sent.request);
  if (kept) system.kept.set(subject, kept.value);
};

/** A call that comes too early is told again by a look. */
const laterOrNever = (error: unknown): [] => {
  if (error instanceof Failure && error.verdict === 'retry') return [];
  throw error;
};

/** Systems that handle the same meldingen, with the rules of the bus between them, and a step for all that can happen. */
export class Exchange {
  readonly systems: readonly System[];
  readonly clock: Clock;
  /** Everything that was accepted, in order. */
  readonly accepted: Accepted[] = [];
  /** What no system took, and why. */
  readonly rejected: string[] = [];
  readonly #known = new Map<string, string>();
  #made = 0;

  private constructor(systems: readonly System[], clock: Clock) {
    this.systems = systems;
    this.clock = clock;
  }

  static async open(people: readonly People[]): Promise<Exchange> {
    const clock: Clock = { nowMs: Date.parse('2026-01-05T08:12:00Z') };
    const systems = await Promise.all(people.map((one) => System.open(one, clock)));
    const exchange = new Exchange(systems, clock);
    // The first look finds where the next begins.
    for (const system of systems)
      for (const [name] of system.sources) {
        await exchange.read(system, name);
        exchange.bringIn(system, 0, false);
      }
    return exchange;
  }

  get #now(): string {
    return new Date(this.clock.nowMs).toISOString();
  }

  /** A melding enters, for all systems. */
  submit(subject: string): void {
    const data = { ...meldingData(), '@id': subject, indiener: citizen } as Event;
    this.#enter(this.#own(meldingIngediend.type, subject, data), null);
  }

  /** An application gives a melding a status, for all systems. */
  report(subject: string, label: string): void {
    const status = {
      '@type': 'Meldingstatus',
      statusType: { '@id': statusIri(label) },
      statusdatum: this.#now,
      beschrijving: label,
      statuswijzigingDoor: { '@type': 'Agent' },
    };
    const data = { '@context': '', '@id': subject, '@type': 'Melding', heeftStatus: [status] };
    this.#enter(this.#own(meldingStatusGewijzigd.type, subject, data), null);
  }

  #own(type: string, subject: string, data: Event): Event {
    this.#made += 1;
    const id = String(this.#made);
    return { specversion: '1.0', id, source: meldpunt, type, subject, time: this.#now, data };
  }

  /** As `accept` does: a repeat is no news, other content under a known id is a fault. */
  #enter(event: Event, origin: string | null): void {
    const { id, source, type, subject, time } = event as Record<string, string>;
    const name = JSON.stringify([source, id]);
    const content = JSON.stringify(event['data']);
    const known = this.#known.get(name);
    if (known !== undefined && known !== content) throw new Error(`a conflict under ${name}`);
    if (known !== undefined) return;
    this.#known.set(name, content);
    const busId = busIdOf(tenant, String(source), String(id));
    const named = { busId, tenant, id, source, type, subject, time } as Omit<
      Message,
      'data' | 'event'
    >;
    const accepted: Accepted = { origin, message: { ...named, data: event['data'], event } };
    this.accepted.push(accepted);
    for (const system of this.systems)
      if (system.id !== origin && system.takes(String(type)))
        system.queueOf(String(subject)).push(accepted);
  }

  /** What a connector derived enters, and is never routed back to it. */
  #derive(system: System, derived: Derived, descent: Omit<Descent, 'line' | 'verwerking'>): void {
    const line = { tenant, target: system.id };
    const event = eventOf(derived, { line, verwerking: null, ...descent });
    if (event) this.#enter(event, system.id);
  }

  /** The head of a lane goes one step further: claimed, sent, settled. `lost`: what came of it is never heard of. */
  async advance(system: System, subject: string, lost: boolean): Promise<void> {
    const hand = system.inHand.get(subject) ?? claim(system, subject);
    if (!hand) return;
    if (!system.inHand.has(subject)) system.inHand.set(subject, hand);
    else if (hand.sent) this.#settle(system, subject, hand, lost);
    else await this.#attempt(system, subject, hand);
  }

  async #attempt(system: System, subject: string, hand: InHand): Promise<void> {
    const refusal = await attempt(system, subject, hand);
    if (refusal === null) return;
    this.rejected.push(refusal);
    leave(system, subject);
  }

  #settle(
    system: System,
    subject: string,
    { accepted, state: before, sent }: InHand,
    lost: boolean,
  ): void {
    system.inHand.delete(subject);
    if (lost || !sent) return;
    leave(system, subject);
    const { message } = accepted;
    const operation = system.operation(message);
    keep(system, subject, operation, sent);
    const reference = operation.refer?.(sent.result, sent.request) ?? null;
    remember(system, { subject, before }, reference);
    const answer = operation.answer?.(sent.result, message, system.open.settings);
    const causationId = message.busId;
    if (answer) this.#derive(system, answer, { subject, correlationId: causationId, causationId });
  }

  /** A look begins: one page is read, and will be brought in later. */
  async read(system: System, name: string): Promise<void> {
    if (system.pages.some((page) => page.name === name && page.cursor !== undefined)) return;
    const { poll } = system.source(name);
    if (!poll) return;
    const { settings, client } = system.open;
    const context = { signal, settings, now: new Date(this.clock.nowMs) };
    const { items, cursor } = await poll.read(client, system.cursors.get(name) ?? null, context);
    system.pages.push({ name, items, cursor, waitsFor: null });
  }

  /** The system calls about a thing, and what the sources read then will be brought in later. */
  async call(system: System, subject: string): Promise<void> {
    const externalId = system.externalIdOf(subject);
    const { call } = system.people;
    if (externalId === null || !call) return;
    const { settings, client } = system.open;
    const request = call(externalId);
    for (const [name, { webhook }] of system.sources) {
      const reading = webhook?.read(client, request, { signal, settings }) ?? Promise.resolve([]);
      const items = await reading.catch(laterOrNever);
      system.pages.push({ name, items, cursor: undefined, waitsFor: null });
    }
  }

  /** Brings in what was read, once what was in hand then has been settled. `crash`: but the cursor is not kept. */
  bringIn(system: System, index: number, crash: boolean): void {
    const page = system.pages[index];
    if (!page) return;
    const hands = new Set(system.inHand.values());
    page.waitsFor ??= hands;
    if ([...page.waitsFor].some((hand) => hands.has(hand))) return;
    for (const item of page.items) this.#ingest(system, page, item);
    system.pages.splice(index, 1);
    if (page.cursor !== undefined && !crash) system.cursors.set(page.name, page.cursor);
  }

  #ingest(system: System, { name }: Page, item: unknown): void {
    const source = system.source(name);
    const known = this.#recall(system, source, item);
    const { subject } = known;
    const { message, state } = source.map(item, { ...known, settings: system.open.settings });
    if (message) this.#derive(system, message, { subject, correlationId: null, causationId: null });
    if (subject !== null) system.references.set(source.externalId(item), { subject, state });
  }

  #recall(
    system: System,
    source: AnySource,
    item: unknown,
  ): { subject: string | null; state: Json | undefined } {
    const known = system.references.get(source.externalId(item));
    return known ?? this.#taughtBy(source.message?.(item) ?? null);
  }

  /** The subject of the message that made the thing, while nobody knows yet how that ended. */
  #taughtBy(busId: string | null): { subject: string | null; state: undefined } {
    const found = this.accepted.find(({ message }) => message.busId === busId);
    return { subject: found?.message.subject ?? null, state: undefined };
  }
}
