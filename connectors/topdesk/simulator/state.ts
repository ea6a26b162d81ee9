import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '#kit/message.js';
import type { Registered } from '#kit/simulator-webhook.js';
import type { Account, SimulatorTools } from '#kit/simulator.js';

export interface Item {
  readonly id: string;
  readonly name: string;
}

/** An incident as TOPdesk answers it, dates in RFC 3339 with whole seconds. */
export type StoredIncident = Record<string, unknown> & {
  readonly id: string;
  readonly number: string;
  status: string;
  modificationDate: string;
  processingStatus: Item | null;
  completed: boolean;
  closed: boolean;
};

export interface TrailEntry {
  readonly id: string;
  readonly memoText: string;
  readonly invisibleForCaller: boolean;
  readonly entryDate: string;
}

export interface StoredAttachment {
  readonly id: string;
  readonly fileName: string;
  readonly description: string | null;
  readonly invisibleForCaller: boolean;
  readonly entryDate: string;
  readonly content: Buffer;
}

export interface Environment {
  readonly account: Account;
  readonly tools: SimulatorTools;
  readonly operator: Item;
  readonly incidents: Map<string, StoredIncident>;
  readonly requests: Map<string, TrailEntry[]>;
  readonly actions: Map<string, TrailEntry[]>;
  readonly attachments: Map<string, StoredAttachment[]>;
  /** One entry per act that a caller of the API brought about. */
  readonly effects: Json[];
  /** Where Action Management calls after a change, if an administrator made it so. */
  webhook: Registered | null;
  /** False where the operator's permission group lacks write access. */
  mayWrite: boolean;
  /** Tenant setting; the specification gives no figure. */
  attachmentLimitBytes: number;
}

/** The same id for the same thing at every start. */
const idOf = (...parts: string[]): string => {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};

const items = (list: string, names: readonly string[]): Item[] =>
  names.map((name) => ({ id: idOf(list, name), name }));

const subcategories = [
  { category: 'Openbaar domein', name: 'Wegdek' },
  { category: 'Openbaar domein', name: 'Voetpad' },
  { category: 'Openbaar domein', name: 'Verlichting' },
  { category: 'Netheid', name: 'Sluikstort' },
  { category: 'Netheid', name: 'Vuilnisbak' },
  { category: 'Groen', name: 'Boom' },
  // A name in two categories: it cannot stand alone.
  { category: 'Openbaar domein', name: 'Andere' },
  { category: 'Groen', name: 'Andere' },
];

/** Supporting data of every environment, by the field of an incident that refers to it. */
export const catalogue = {
  category: items('category', ['Openbaar domein', 'Netheid', 'Groen']),
  subcategory: subcategories.map(({ category, name }) => ({
    id: idOf('subcategory', category, name),
    name,
    category,
  })),
  entryType: items('entryType', ['Telefonisch', 'E-mail', 'LB-bus']),
  callType: items('callType', ['Melding', 'Vraag']),
  impact: items('impact', ['Persoon', 'Straat', 'Gemeente']),
  urgency: items('urgency', ['Laag', 'Normaal', 'Hoog']),
  priority: items('priority', ['P1', 'P2', 'P3']),
  duration: items('duration', ['1 dag', '1 week']),
  closureCode: items('closureCode', ['Opgelost', 'Geen actie']),
  escalationReason: items('escalationReason', ['Aannemer nodig', 'Andere dienst']),
  deescalationReason: items('deescalationReason', ['Verkeerd doorgestuurd']),
  processingStatus: items('processingStatus', [
    'Geregistreerd',
    'In behandeling',
    'Afgewezen',
    'Afgemeld',
    'Gesloten',
  ]),
  operator: items('operator', ['Technische dienst']),
  operatorGroup: items('operatorGroup', ['Openbare werken']),
  object: items('object', ['OBJ001']),
  supplier: items('supplier', ['Aannemer']),
  sla: items('sla', ['Standaard']),
  location: items('location', ['Werkplaats']),
  branch: items('branch', ['Gemeentehuis']),
} satisfies Record<string, Item[]>;

/** Persons of every environment; a caller must have the Caller flag. */
export const persons = [
  { id: idOf('person', 'balie'), email: 'balie@gemeente.example', name: 'Balie', caller: true },
  {
    id: idOf('person', 'archief'),
    email: 'archief@gemeente.example',
    name: 'Archief',
    caller: false,
  },
];

export const openEnvironment = (account: Account, tools: SimulatorTools): Environment => ({
  account,
  tools,
  operator: { id: idOf('api', account.name), name: `lb-bus-${account.name}` },
  incidents: new Map(),
  requests: new Map(),
  actions: new Map(),
  attachments: new Map(),
  effects: [],
  webhook: null,
  mayWrite: true,
  attachmentLimitBytes: 10 * 1024 * 1024,
});

/** TOPdesk counts in whole seconds. */
export const secondsNow = ({ tools }: Environment): string =>
  tools
    .now()
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z');

export const newId = (): string => randomUUID();

/** Marks the incident as changed now, and calls the webhook as an automated action would that has such a condition, or none. */
export const touch = (environment: Environment, incident: StoredIncident, modifier: Item): void => {
  incident.modificationDate = secondsNow(environment);
  incident['modifier'] = modifier;
  const { webhook, tools } = environment;
  if (webhook && !(webhook.onlyPeople && modifier === environment.operator))
    tools.call(webhook.url, webhook.headers, { id: incident.id, number: incident.number });
};
