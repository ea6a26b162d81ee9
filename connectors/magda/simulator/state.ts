import { X509Certificate } from 'node:crypto';
import type { Json } from '#kit/message.js';
import type { Account, SimulatorTools } from '#kit/simulator.js';
import { simulatorIdentity } from '#kit/simulator-key.js';
import type { Dossier } from './dossiers.js';
import type { Wachtrij } from './wachtrij.js';

/** MAGDA as one sender sees it. */
export interface Omgeving {
  readonly tools: SimulatorTools;
  /** Whom it knows: the sender by this name, with this certificate. */
  readonly identificatie: string;
  readonly certificate: X509Certificate;
  /** End of each inscription, by person and capacity. */
  readonly inschrijvingen: Map<string, string>;
  readonly effects: Json[];
  /** Changes that the registers have ready. */
  readonly wachtrij: Wachtrij;
  /** Files at DOSIS, by source and number. */
  readonly dossiers: Map<string, Dossier>;
  /** When it was asked of late, for its limit per second. */
  asked: number[];
  /** Questions per second that it takes; none where it does not count. */
  limit: number | null;
  /** People whom one answer about an address holds. */
  perAntwoord: number;
  /** Bytes or text that it answers instead, once. */
  instead: { readonly status: number; readonly body: string } | null;
}

/** Capacities for which the senders of the simulator were admitted. */
export const hoedanigheden: ReadonlySet<string> = new Set(['1300', '1301']);

export const identificatieOf = ({ name }: Account): string => `${name}.be/lb-bus-aip`;

/** What the settings of a sender say of it: its certificate is made of its secret. */
export const identityOf = (
  account: Account,
): { readonly certificate: string; readonly privateKey: string } =>
  simulatorIdentity(`${account.name}.${account.secret}`.slice(0, 64));

export const openOmgeving = (account: Account, tools: SimulatorTools): Omgeving => ({
  tools,
  identificatie: identificatieOf(account),
  certificate: new X509Certificate(identityOf(account).certificate),
  inschrijvingen: new Map(),
  effects: [],
  wachtrij: { wachtend: [], gegeven: null },
  dossiers: new Map(),
  asked: [],
  limit: null,
  perAntwoord: 20,
  instead: null,
});

export const inschrijvingKey = (insz: string, hoedanigheid: string): string =>
  `${insz}|${hoedanigheid}`;
