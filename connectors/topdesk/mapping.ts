import type { Derived, Message } from '#kit/message.js';
import { addressLines, bodyLines, htmlLine } from '#kit/melding-lines.js';
import type { Line } from '#kit/melding-lines.js';
import {
  byMeldingstype,
  contactOf,
  heldAttachments,
  identificatorsOf,
  nameOf,
} from '#kit/melding.js';
import { registeredMessage } from '#kit/melding-status.js';
import type { HandledCase } from '#kit/melding-status.js';
import { cutOnWord, escapeHtml, wordsOf } from '#kit/text.js';
import type { MeldingIngediend } from '#oslo/generated/melding.js';
import type { Incident, IncidentRequest, Registered } from './incident.js';
import { instantOf } from './incident.js';
import type { TopdeskSettings } from './settings.js';

/** Lengths after the Incident API 4.2.6, in UTF-16 units. */
const limits = { briefDescription: 80, dynamicName: 109, email: 100, phoneNumber: 25 };

/** How an incident is made for a melder who may have a card in TOPdesk. */
export interface KnownMelder {
  readonly email: string;
  /** The request, with what the fields of a caller would have said. */
  readonly request: string;
}

/** An incident still without its external number, and what is to be attached to it. */
export interface NewIncident {
  readonly incident: IncidentRequest;
  /** To be tried first; absent where nobody is looked for. */
  readonly melder?: KnownMelder;
  readonly attachments: readonly string[];
}

const atMost = (text: string | undefined, length: number): string | undefined =>
  text !== undefined && text !== '' && text.length <= length ? text : undefined;

const callerOf = (data: MeldingIngediend, settings: TopdeskSettings): IncidentRequest['caller'] => {
  const { email, telefoon } = contactOf(data.indiener);
  const shortEmail = atMost(email, limits.email);
  const shortTelephone = atMost(telefoon, limits.phoneNumber);
  return {
    dynamicName: cutOnWord(nameOf(data.indiener) || settings.anonymousCaller, limits.dynamicName),
    ...(shortEmail !== undefined && { email: shortEmail }),
    ...(shortTelephone !== undefined && { phoneNumber: shortTelephone }),
    ...(settings.callerBranch !== undefined && { branch: { id: settings.callerBranch } }),
  };
};

const placeOf = (
  data: MeldingIngediend,
  { categories, defaultCategory }: TopdeskSettings,
): Pick<IncidentRequest, 'status' | 'category' | 'subcategory'> => {
  const found = byMeldingstype(data, categories) ?? defaultCategory;
  if (!found) return { status: 'firstLine' };
  return {
    status: found.line ?? 'firstLine',
    category: { name: found.category },
    ...(found.subcategory !== undefined && { subcategory: { name: found.subcategory } }),
  };
};

/** Contact details that did not fit the fields of a caller. */
const contactLines = (data: MeldingIngediend): Line[] => {
  const { email, telefoon } = contactOf(data.indiener);
  return [
    ...(email !== undefined && email.length > limits.email
      ? [{ label: 'E-mail', text: email }]
      : []),
    ...(telefoon !== undefined && telefoon.length > limits.phoneNumber
      ? [{ label: 'Telefoon', text: telefoon }]
      : []),
  ];
};

/** Of somebody who is registered by his card, what he himself said. */
const melderLines = ({ indiener }: MeldingIngediend): Line[] => {
  const { telefoon = '' } = contactOf(indiener);
  return [
    { label: 'Melder', text: nameOf(indiener) },
    { label: 'Telefoon', text: telefoon },
  ].filter(({ text }) => text !== '');
};

const linesOf = (data: MeldingIngediend, subject: string, contact: readonly Line[]): Line[] => [
  { text: wordsOf(data.samenvatting) },
  ...bodyLines(data.heeftBody),
  ...addressLines(data.heeftDoelwit),
  ...contact,
  ...identificatorsOf(data.identificator).map((text) => ({ label: 'Nummer', text })),
  { label: 'Melding', text: subject },
];

const requestOf = (data: MeldingIngediend, subject: string, contact: readonly Line[]): string =>
  [`<b>${escapeHtml(data.titel)}</b>`, ...linesOf(data, subject, contact).map(htmlLine)]
    .filter((text) => text !== '')
    .join('<br>');

const melderOf = (
  { data, subject }: Message<MeldingIngediend>,
  { matchCallers }: TopdeskSettings,
): { melder?: KnownMelder } => {
  const email = atMost(contactOf(data.indiener).email, limits.email);
  if (!matchCallers || email === undefined) return {};
  return { melder: { email, request: requestOf(data, subject, melderLines(data)) } };
};

/** A melding as an incident. */
export const toIncident = (
  message: Message<MeldingIngediend>,
  settings: TopdeskSettings,
): NewIncident => {
  const { data, subject } = message;
  return {
    incident: {
      ...placeOf(data, settings),
      briefDescription: cutOnWord(data.titel, limits.briefDescription),
      request: requestOf(data, subject, contactLines(data)),
      caller: callerOf(data, settings),
      ...(settings.entryType !== undefined && { entryType: { name: settings.entryType } }),
    },
    ...melderOf(message, settings),
    attachments: heldAttachments(data.heeftBody),
  };
};

/** An incident as the case of a melding. */
export const caseOf = ({ id, number }: Incident): HandledCase => ({
  externalId: id,
  number,
  system: 'TOPdesk',
});

/** A new incident tells the sender that its melding has been assigned. */
export const fromIncident = (
  { incident }: Registered,
  message: Message<MeldingIngediend>,
): Derived => registeredMessage(caseOf(incident), message, instantOf(incident.creationDate));
