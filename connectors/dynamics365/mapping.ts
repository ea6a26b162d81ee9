import type { Derived, Message } from '#kit/message.js';
import { addressLines, bodyLines, plainLine } from '#kit/melding-lines.js';
import {
  addressesOf,
  byMeldingstype,
  heldAttachments,
  identificatorsOf,
  placesOf,
} from '#kit/melding.js';
import { registeredMessage } from '#kit/melding-status.js';
import type { HandledCase } from '#kit/melding-status.js';
import { cutOnWord, cutText, oneLine, printable, wordsOf } from '#kit/text.js';
import type { MeldingIngediend } from '#oslo/generated/melding.js';
import { customerOf, detailsLeft } from './customer.js';
import type { Customer } from './customer.js';
import { instantOf, lengths } from './incident.js';
import type { Columns, Incident, Registered } from './incident.js';
import { noteText } from './notes.js';
import type { DynamicsSettings, facts } from './settings.js';

/** An incident still without its key and customer, whom it is for, and what is to be attached to it. */
export interface NewIncident {
  readonly incident: Columns;
  readonly customer: Customer;
  /** The whole text as HTML, where the description is too short for it; else empty. */
  readonly note: string;
  readonly attachments: readonly string[];
}

const descriptionOf = ({ data, subject }: Message<MeldingIngediend>, customer: Customer): string =>
  printable(
    [
      wordsOf(data.samenvatting),
      ...[...bodyLines(data.heeftBody), ...addressLines(data.heeftDoelwit)].map(plainLine),
      ...detailsLeft(data.indiener, customer),
      ...identificatorsOf(data.identificator).map((number) => `Nummer: ${number}`),
      `Melding: ${subject}`,
    ]
      .filter((text) => text !== '')
      .join('\n'),
  ).trim();

type Fact = (typeof facts)[number];

const factOf = (message: Message<MeldingIngediend>): Record<Fact, string | number | undefined> => {
  const { data, subject } = message;
  const [place] = placesOf(data.heeftBody);
  return {
    subject,
    identificator: identificatorsOf(data.identificator)[0],
    meldingstype: data.meldingstype[0]['@id'],
    adres: addressesOf(data.heeftDoelwit)[0],
    breedtegraad: place?.latitude,
    lengtegraad: place?.longitude,
  };
};

/** Own columns of the tenant; what the melding does not say stays empty. */
const ownColumns = (message: Message<MeldingIngediend>, { columns }: DynamicsSettings): Columns => {
  const known = factOf(message);
  const filled = Object.entries(columns).flatMap(([column, { from, maxLength }]) => {
    const value = known[from];
    if (value === undefined) return [];
    return [
      [column, typeof value === 'number' ? value : cutText(oneLine(value), maxLength)] as const,
    ];
  });
  return Object.fromEntries(filled);
};

const choicesOf = (
  data: MeldingIngediend,
  { choices, defaultChoices }: DynamicsSettings,
): Columns => ({ ...defaultChoices, ...byMeldingstype(data, choices) });

/** A melding as an incident. */
export const toIncident = (
  message: Message<MeldingIngediend>,
  settings: DynamicsSettings,
): NewIncident => {
  const customer = customerOf(message.data, settings);
  const description = descriptionOf(message, customer);
  return {
    incident: {
      title: cutOnWord(message.data.titel, lengths.title),
      description: cutText(description, lengths.description),
      ...choicesOf(message.data, settings),
      ...ownColumns(message, settings),
    },
    customer,
    note: description.length > lengths.description ? noteText(description) : '',
    attachments: heldAttachments(message.data.heeftBody),
  };
};

/** An incident as the case of a melding. */
export const caseOf = ({ incidentid, ticketnumber }: Incident): HandledCase => ({
  externalId: incidentid,
  number: ticketnumber,
  system: 'Dynamics 365',
});

/** A new incident tells the sender that its melding has been assigned. */
export const fromIncident = (
  { incident }: Registered,
  message: Message<MeldingIngediend>,
): Derived => registeredMessage(caseOf(incident), message, instantOf(incident.createdon));
