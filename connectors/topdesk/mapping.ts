import type { Derived, Message } from '#kit/definition.js';
import { contactOf, heldAttachments, identificatorsOf, nameOf } from '#kit/melding.js';
import { statusIri } from '#kit/melding-status.js';
import { cutOnWord, escapeHtml, wordsOf } from '#kit/text.js';
import type { MeldingIngediend } from '#oslo/generated/melding.js';
import { meldingContext, meldingStatusGewijzigd } from '#oslo/melding/types.js';
import type { Incident, IncidentRequest, Registered } from './incident.js';
import { instantOf } from './incident.js';
import { addressLines, bodyLines, line } from './melding.js';
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
  { meldingstype }: MeldingIngediend,
  { categories, defaultCategory }: TopdeskSettings,
): Pick<IncidentRequest, 'category' | 'subcategory'> => {
  const known = meldingstype
    .map((concept) => concept['@id'])
    .find((iri) => Object.hasOwn(categories, iri));
  const found = known === undefined ? defaultCategory : categories[known];
  if (!found) return {};
  return {
    category: { name: found.category },
    ...(found.subcategory !== undefined && { subcategory: { name: found.subcategory } }),
  };
};

/** Contact details that did not fit the fields of a caller. */
const contactLines = (data: MeldingIngediend): string[] => {
  const { email, telefoon } = contactOf(data.indiener);
  return [
    ...(email !== undefined && email.length > limits.email ? [line('E-mail', email)] : []),
    ...(telefoon !== undefined && telefoon.length > limits.phoneNumber
      ? [line('Telefoon', telefoon)]
      : []),
  ];
};

const requestOf = (data: MeldingIngediend, subject: string): string =>
  [
    `<b>${escapeHtml(data.titel)}</b>`,
    escapeHtml(wordsOf(data.samenvatting)),
    ...bodyLines(data.heeftBody),
    ...addressLines(data.heeftDoelwit ?? []),
    ...contactLines(data),
    ...identificatorsOf(data.identificator).map((number) => line('Nummer', number)),
    line('Melding', subject),
  ]
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

/** The status of a melding as TOPdesk has it. */
export const statusMessage = (
  incident: Incident,
  status: { subject: string; label: string; since: string; by: Record<string, unknown> },
): Derived => ({
  type: meldingStatusGewijzigd.type,
  id: `${incident.id}/${status.since}/${statusIri(status.label).split('/').at(-1) ?? ''}`,
  time: status.since,
  data: {
    '@context': meldingContext,
    '@id': status.subject,
    '@type': 'Melding',
    identificator: [
      { '@type': 'Identificator', identificator: incident.number, toegekendDoorString: 'TOPdesk' },
    ],
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': statusIri(status.label) },
        statusdatum: status.since,
        beschrijving: status.label,
        statuswijzigingDoor: status.by,
      },
    ],
  },
});

/** Dutch label of the status that a melding has once it is an incident. */
export const registered = 'Toegewezen aan';

/** A new incident tells the sender that its melding has been assigned. */
export const fromIncident = (
  { incident }: Registered,
  message: Message<MeldingIngediend>,
): Derived =>
  statusMessage(incident, {
    subject: message.subject,
    label: registered,
    since: instantOf(incident.creationDate),
    by: message.data.behandelaar,
  });
