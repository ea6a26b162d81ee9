import type { Derived, Message } from '#kit/definition.js';
import {
  addressesOf,
  degrees,
  heldAttachments,
  identificatorsOf,
  linkedAttachments,
  placesOf,
  textsOf,
} from '#kit/melding.js';
import { statusIri } from '#kit/melding-status.js';
import { cutOnWord, cutText, oneLine, printable, wordsOf } from '#kit/text.js';
import type { MeldingBody, MeldingIngediend } from '#oslo/generated/melding.js';
import { meldingContext, meldingStatusGewijzigd } from '#oslo/melding/types.js';
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

/** Texts, places and links of bodies, each on its own line. */
export const bodyLines = (bodies: readonly MeldingBody[]): string[] => [
  ...textsOf(bodies),
  ...placesOf(bodies).map((place) => `Coördinaten (WGS 84, breedte, lengte): ${degrees(place)}`),
  ...linkedAttachments(bodies).map((address) => `Bijlage: ${address}`),
];

const descriptionOf = ({ data, subject }: Message<MeldingIngediend>, customer: Customer): string =>
  printable(
    [
      wordsOf(data.samenvatting),
      ...bodyLines(data.heeftBody),
      ...addressesOf(data.heeftDoelwit).map((address) => `Adres: ${address}`),
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
  { meldingstype }: MeldingIngediend,
  { choices, defaultChoices }: DynamicsSettings,
): Columns => {
  const known = meldingstype
    .map((concept) => concept['@id'])
    .find((iri) => Object.hasOwn(choices, iri));
  return { ...defaultChoices, ...(known !== undefined && choices[known]) };
};

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

/** The status of a melding as Dynamics 365 has it. */
export const statusMessage = (
  incident: Incident,
  status: { subject: string; label: string; since: string; by: Record<string, unknown> },
): Derived => ({
  type: meldingStatusGewijzigd.type,
  id: `${incident.incidentid}/${status.since}/${statusIri(status.label).split('/').at(-1) ?? ''}`,
  time: status.since,
  data: {
    '@context': meldingContext,
    '@id': status.subject,
    '@type': 'Melding',
    ...(incident.ticketnumber !== null && {
      identificator: [
        {
          '@type': 'Identificator',
          identificator: incident.ticketnumber,
          toegekendDoorString: 'Dynamics 365',
        },
      ],
    }),
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
    since: instantOf(incident.createdon),
    by: message.data.behandelaar,
  });
