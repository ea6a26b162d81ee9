import { createHash } from 'node:crypto';
import type { DemoEvent } from './meldingen.js';
import { peopleAt, type From, type Whose } from './people.js';

/** A dossier as Mijn Burgerprofiel shows it. */
export interface Dossier extends Whose {
  readonly Identificatie: { readonly DossierNummer: string };
  readonly Status: { readonly VlaamsCode: string; readonly Detail1: string };
  readonly Agenten: readonly { readonly Identificatie: string }[];
}

/** A change of a dossier, in the order in which they came. */
export interface Change extends Whose {
  readonly dossier: string;
  /** Label of the status. */
  readonly detail: string;
}

/** What residents see of their meldingen, in Mijn Burgerprofiel of every tenant. */
export interface Citizens {
  readonly dossiers: () => Promise<Dossier[]>;
  readonly changes: () => Promise<Change[]>;
}

type Known<T> = Omit<T, keyof Whose>;

const shown: From<Known<Dossier>> = {
  what: 'state',
  listIn: (state) => (state as { readonly dossiers: readonly Known<Dossier>[] }).dossiers,
};

const changes: From<Known<Change>> = {
  what: 'effects',
  listIn: (effects) => (effects as readonly Known<Change>[]).filter((one) => 'detail' in one),
};

/** The residents at the simulators at `origin`, for the tenants that `prepare` wrote into the state folder. */
export const citizensAt = (origin: string, stateFolder: string): Citizens => {
  const { look } = peopleAt('mijn-burgerprofiel', origin, stateFolder);
  return { dossiers: () => look(shown), changes: () => look(changes) };
};

/** Key of the dossier of a melding: part of the hash of its IRI, with which the number of the dossier ends. */
export const dossierKeyOf = ({ subject }: Pick<DemoEvent, 'subject'>): string =>
  createHash('sha256').update(subject).digest('hex').slice(0, 8);

/** The same key in the number of a dossier. */
export const keyIn = (dossierNumber: string): string => dossierNumber.split('-').at(-1) ?? '';

/** Number by which whoever sent a melding is known. */
export const numberIn = ({ data }: DemoEvent): string => {
  const { registratie, identificator = [] } = data['indiener'] as {
    readonly registratie?: { readonly identificator: string };
    readonly identificator?: readonly { readonly identificator: string }[];
  };
  return registratie?.identificator ?? identificator[0]?.identificator ?? '';
};
