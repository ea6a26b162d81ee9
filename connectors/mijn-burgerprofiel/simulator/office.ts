import { acmIdmClient, openAcmIdm } from '#kit/simulator-acm-idm.js';
import type { AcmIdmState } from '#kit/simulator-acm-idm.js';
import type { Json } from '#kit/message.js';
import type { Account, SimulatorTools } from '#kit/simulator.js';

export type Fields = Readonly<Record<string, unknown>>;

export interface Upload {
  readonly id: string;
  readonly dossier: Fields;
  /** Looks that are still answered with 404. */
  looks: number;
  /** Null while it is being processed; `[]` where that went well. */
  faults: readonly string[] | null;
}

/** What is wrong with the other side. */
export type Flaw = 'result-of-another' | 'wrong-types' | 'login-pages';

/** DOSIS and Notificaties as one local government finds them. */
export interface Office {
  readonly account: Account;
  readonly tools: SimulatorTools;
  readonly acm: AcmIdmState;
  readonly dossiers: Map<string, Fields>;
  readonly uploads: Map<string, Upload>;
  readonly notifications: Map<string, Fields>;
  readonly effects: Json[];
  readonly flaws: Set<Flaw>;
  /** Nothing is processed. */
  held: boolean;
  /** Looks at each upload that find nothing yet. */
  looks: number;
  /** Why the next upload is not processed well; null where it is. */
  refusal: string | null;
}

export const scopes = { dosis: 'DosisImport', notificaties: 'Notificaties' } as const;

/** The source that DOSIS knows of this account, and of no other. */
export const bronOf = ({ name }: Account): string => `urn://gemeente-${name}/dossiers`;

export const openOffice = (account: Account, tools: SimulatorTools): Office => ({
  account,
  tools,
  acm: openAcmIdm(account, tools, Object.values(scopes)),
  dossiers: new Map(),
  uploads: new Map(),
  notifications: new Map(),
  effects: [],
  flaws: new Set(),
  held: false,
  looks: 1,
  refusal: null,
});

export const settingsFor = (baseUrl: string, account: Account): Record<string, unknown> => ({
  ...acmIdmClient(baseUrl, account),
  bron: bronOf(account),
  dosis: { baseUrl: `${baseUrl}/dosis`, resultSeconds: 1 },
  notificaties: {
    baseUrl: `${baseUrl}/notificaties`,
    scope: scopes.notificaties,
    aanbiederUri: bronOf(account),
    productId: '685',
    merkCode: 'GEMEENTE',
    meldingen: ['Ingediend', 'Opgelost'],
    dossiers: true,
  },
});

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textAt = (fields: unknown, name: string): string => {
  const value = isFields(fields) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
};
