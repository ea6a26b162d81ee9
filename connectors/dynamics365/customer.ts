import { v5 } from 'uuid';
import { contactOf, organisationName } from '#kit/melding.js';
import { cutOnWord, oneLine } from '#kit/text.js';
import type { Agent, MeldingIngediend } from '#oslo/generated/melding.js';
import { lengths } from './incident.js';
import type { Columns } from './incident.js';
import type { DynamicsSettings } from './settings.js';

/** Whom an incident is for: a contact or account that is known by its id, or one to be found or made. */
export type Customer = KnownCustomer | NewCustomer;

export interface KnownCustomer {
  readonly table: 'contact';
  readonly id: string;
}

export interface NewCustomer {
  readonly table: 'contact' | 'account';
  readonly columns: Columns;
  /** By which a row that is there already is found; null where nothing tells it apart. */
  readonly sameAs: { readonly column: string; readonly value: string } | null;
  /** Own key of the bus for the same customer in every melding; null where nothing tells it apart. */
  readonly key: string | null;
}

/** Names keys of customers; never changes. */
const namespace = '5f1d3f0c-6c0e-5c5a-9a57-7a1f0a4f2c11';

const keyOf = (name: string | null): string | null => (name === null ? null : v5(name, namespace));

/** A value that fits its column as it is. */
const fitting = (text: string | undefined, length: number): string | undefined => {
  const line = oneLine(text ?? '');
  return line !== '' && line.length <= length ? line : undefined;
};

const reachable = (agent: Agent): { emailaddress1?: string; telephone1?: string } => {
  const { email, telefoon } = contactOf(agent);
  const emailaddress1 = fitting(email, lengths.emailaddress1);
  const telephone1 = fitting(telefoon, lengths.telephone1);
  return {
    ...(emailaddress1 !== undefined && { emailaddress1 }),
    ...(telephone1 !== undefined && { telephone1 }),
  };
};

/** The given name and the rest of a person's name. */
const givenNames = (agent: Agent): readonly [string, string] => {
  if (!('achternaam' in agent || 'voornaam' in agent || 'volledigeNaam' in agent)) return ['', ''];
  const { voornaam = [], achternaam = agent.volledigeNaam ?? '' } = agent;
  return [voornaam.join(' '), achternaam];
};

/** First and last name; a contact always has the last. */
const namesOf = (agent: Agent): { firstname?: string; lastname: string } | null => {
  const [given, family] = givenNames(agent);
  const first = cutOnWord(given, lengths.firstname);
  const last = cutOnWord(family, lengths.lastname);
  if (first === '') return last === '' ? null : { lastname: last };
  return last === '' ? { lastname: first } : { firstname: first, lastname: last };
};

const person = (agent: Agent): NewCustomer | null => {
  const names = namesOf(agent);
  if (!names) return null;
  const reach = reachable(agent);
  const email = reach.emailaddress1 ?? null;
  return {
    table: 'contact',
    columns: { ...names, ...reach },
    sameAs: email === null ? null : { column: 'emailaddress1', value: email },
    key: keyOf(email?.toLowerCase() ?? agent['@id'] ?? null),
  };
};

const numberOf = (agent: Agent): string | undefined => {
  const registration = 'registratie' in agent ? agent.registratie : undefined;
  return fitting(registration?.identificator, lengths.accountnumber);
};

const organisation = (agent: Agent): NewCustomer | null => {
  const name = cutOnWord(organisationName(agent), lengths.name);
  if (name === '') return null;
  const accountnumber = numberOf(agent);
  return {
    table: 'account',
    columns: {
      name,
      ...(accountnumber !== undefined && { accountnumber }),
      ...reachable(agent),
    },
    sameAs: accountnumber === undefined ? null : { column: 'accountnumber', value: accountnumber },
    key: keyOf(accountnumber ?? agent['@id'] ?? null),
  };
};

/** A person is a contact and an organisation an account; who does not say who he is, is the contact for that. */
export const customerOf = (
  { indiener }: MeldingIngediend,
  { anonymousContact }: DynamicsSettings,
): Customer =>
  person(indiener) ?? organisation(indiener) ?? { table: 'contact', id: anonymousContact };

/** Contact details that stand in no column: of somebody without a name, or too long for one. */
export const detailsLeft = (agent: Agent, customer: Customer): string[] => {
  const kept = 'columns' in customer ? Object.values(customer.columns) : [];
  const { email, telefoon } = contactOf(agent);
  const left = (label: string, text: string | undefined): string[] => {
    const line = oneLine(text ?? '');
    return line === '' || kept.includes(line) ? [] : [`${label}: ${line}`];
  };
  return [...left('E-mail', email), ...left('Telefoon', telefoon)];
};
