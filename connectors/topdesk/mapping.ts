import type { Derived, Message } from '#kit/definition.js';
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

/** An incident still without its external number, and what is to be attached to it. */
export interface NewIncident {
  readonly incident: IncidentRequest;
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

const categoryOf = (
  data: MeldingIngediend,
  { categories, defaultCategory }: TopdeskSettings,
): Pick<IncidentRequest, 'category' | 'subcategory'> => {
  const found = byMeldingstype(data, categories) ?? defaultCategory;
  if (!found) return {};
  return {
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

const linesOf = (data: MeldingIngediend, subject: string): Line[] => [
  { text: wordsOf(data.samenvatting) },
  ...bodyLines(data.heeftBody),
  ...addressLines(data.heeftDoelwit),
  ...contactLines(data),
  ...identificatorsOf(data.identificator).map((text) => ({ label: 'Nummer', text })),
  { label: 'Melding', text: subject },
];

const requestOf = (data: MeldingIngediend, subject: string): string =>
  [`<b>${escapeHtml(data.titel)}</b>`, ...linesOf(data, subject).map(htmlLine)]
    .filter((text) => text !== '')
    .join('<br>');

/** A melding as a first-line incident. */
export const toIncident = (
  message: Message<MeldingIngediend>,
  settings: TopdeskSettings,
): NewIncident => ({
  incident: {
    status: 'firstLine',
    briefDescription: cutOnWord(message.data.titel, limits.briefDescription),
    request: requestOf(message.data, message.subject),
    caller: callerOf(message.data, settings),
    ...categoryOf(message.data, settings),
    ...(settings.entryType !== undefined && { entryType: { name: settings.entryType } }),
  },
  attachments: heldAttachments(message.data.heeftBody),
});

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
