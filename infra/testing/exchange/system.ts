import type { Connector } from '#kit/definition.js';
import type { Json, Message } from '#kit/message.js';
import type { AnySource, HookRequest } from '#kit/source.js';
import { readSettings } from '#kit/settings.js';
import type { Account, SimulatedRequest } from '#kit/simulator.js';
import { operationFor } from '#delivery/stages/choose.js';
import { passingMemory, type OpenConnector } from '#kit/open.js';
import { directHttp } from './direct-http.js';

/** The moment of all systems of an exchange. */
export interface Clock {
  nowMs: number;
}

/** What the bus remembers of one thing there. */
export interface Remembered {
  readonly subject: string;
  readonly state: Json | undefined;
}

/** A message as the bus has accepted it. */
export interface Accepted {
  readonly message: Message;
  /** System that it came from. */
  readonly origin: string | null;
}

/** A request that a system has answered. */
export interface Sent {
  readonly request: unknown;
  readonly result: unknown;
}

/** A message in hand: claimed, then sent, then settled. */
export interface InHand {
  readonly accepted: Accepted;
  readonly reference: string | null;
  readonly state: Json | undefined;
  sent: Sent | null;
}

/** What a look or a call has read, and what was in hand when it was to be brought in. */
export interface Page {
  readonly name: string;
  readonly items: readonly unknown[];
  /** Kept once all is in; none for a call. */
  readonly cursor: Json | undefined;
  waitsFor: ReadonlySet<InHand> | null;
}

/** How people work in a simulated system, and what they then see. */
export interface People {
  readonly connector: Connector;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The moment of that system; that of the exchange where it is left out. */
  readonly now?: () => Date;
  /** Statuses that they give, by a name of theirs; none where they only watch. */
  readonly statuses: readonly string[];
  readonly give: (drive: Drive, externalId: string, status: string) => void;
  readonly note: ((drive: Drive, externalId: string, text: string) => void) | null;
  /** The call of the system about this thing; null where it never calls. */
  readonly call: ((externalId: string) => HookRequest) | null;
  /** What the system shows of the thing: label of its status, texts in it. */
  readonly seen: (shown: Json, externalId: string) => Seen;
  /** Label that the system shows once it was given this one; null where it does not get it. */
  readonly shows: (label: string) => string | null;
}

export interface Seen {
  readonly status: string;
  readonly label: string | null;
  readonly texts: readonly string[];
}

export type Drive = (driver: string, input: Json) => void;

const account: Account = { name: 'aalter', secret: 'geheim' };
const basePath = `/${account.name}`;

/** One simulated system with its real connector, and what the bus keeps for the line to it. */
export class System {
  readonly id: string;
  readonly people: People;
  readonly open: OpenConnector;
  readonly queues = new Map<string, Accepted[]>();
  readonly inHand = new Map<string, InHand>();
  /** Every request that was made of it, in order. */
  readonly asked: readonly SimulatedRequest[];
  /** By subject: what is kept for later messages, and what was taken of the one at the head of the lane. */
  readonly kept = new Map<string, Json>();
  readonly taken = new Map<string, string>();
  readonly references = new Map<string, Remembered>();
  readonly cursors = new Map<string, Json>();
  readonly pages: Page[] = [];
  readonly #environment: unknown;

  private constructor(
    people: People,
    open: OpenConnector,
    { environment, asked }: { environment: unknown; asked: readonly SimulatedRequest[] },
  ) {
    this.id = people.connector.id;
    this.people = people;
    this.asked = asked;
    this.open = open;
    this.#environment = environment;
  }

  static async open(people: People, clock: Clock): Promise<System> {
    const { connector } = people;
    const { simulator } = connector;
    if (!simulator) throw new Error(`${connector.id} has no simulator`);
    const baseUrl = `http://simulator${basePath}`;
    const now = people.now ?? ((): Date => new Date(clock.nowMs));
    const asked: SimulatedRequest[] = [];
    const environment = simulator.open(account, { baseUrl, now, call: () => undefined });
    const settings = readSettings(connector, {
      ...simulator.settings(baseUrl, account),
      ...people.settings,
    });
    const context = {
      system: connector.title,
      failures: connector.failures ?? {},
      errors: connector.errors,
      mayBePrivate: () => true,
      observe: () => undefined,
    };
    const client = await connector.connect(settings, {
      tenant: account.name,
      instance: connector.id,
      http: directHttp(context, basePath, (request) => {
        asked.push(request);
        return simulator.handle(request, environment);
      }),
      handOver: () => Promise.reject(new Error('there is no other tenant')),
      postvak: { put: () => Promise.reject(new Error('there is no postvak')) },
      pseudonym: (number) => `pseudonym of ${number}`,
      memory: passingMemory(),
    });
    return new System(people, { connector, settings, client }, { environment, asked });
  }

  get sources(): [string, AnySource][] {
    return Object.entries(this.open.connector.sources ?? {});
  }

  source(name: string): AnySource {
    const source = this.open.connector.sources?.[name];
    if (!source) throw new Error(`${this.id} has no source ${name}`);
    return source;
  }

  operation({ type }: Message) {
    const chosen = operationFor(this.open, type);
    if (!chosen) throw new Error(`${this.id} takes no ${type}`);
    return chosen.operation;
  }

  takes(type: string): boolean {
    return operationFor(this.open, type) !== null;
  }

  queueOf(subject: string): Accepted[] {
    const queue = this.queues.get(subject) ?? [];
    this.queues.set(subject, queue);
    return queue;
  }

  /** Id under which the subject is known there. */
  externalIdOf(subject: string): string | null {
    const known = [...this.references].filter(([, one]) => one.subject === subject);
    return known.at(-1)?.[0] ?? null;
  }

  drive(driver: string, input: Json): void {
    const drive = this.open.connector.simulator?.drivers?.[driver];
    if (!drive) throw new Error(`${this.id} has no driver ${driver}`);
    drive(this.#environment, input);
  }

  seen(externalId: string): Seen {
    const shown = this.open.connector.simulator?.inspect(this.#environment) ?? null;
    return this.people.seen(shown, externalId);
  }
}
