import type {
  Adresvoorstelling,
  MeldingBody,
  MeldingStatusGewijzigd,
} from '#oslo/generated/melding.js';
import { addressesOf, degrees, linkedAttachments, nameOf, placesOf, textsOf } from './melding.js';
import { labelOf } from './melding-status.js';
import { escapeHtml, wordsOf } from './text.js';

/** A line for people to read: what it is, where that has to be said, and what it says. */
export interface Line {
  readonly label?: string;
  readonly text: string;
}

/** Texts, places and links of bodies. */
export const bodyLines = (bodies: readonly MeldingBody[]): Line[] => [
  ...textsOf(bodies).map((text) => ({ text })),
  ...placesOf(bodies).map((place) => ({
    label: 'Coördinaten (WGS 84, breedte, lengte)',
    text: degrees(place),
  })),
  ...linkedAttachments(bodies).map((text) => ({ label: 'Bijlage', text })),
];

/** Addresses that a melding is about. */
export const addressLines = (addresses: readonly Adresvoorstelling[] | undefined): Line[] =>
  addressesOf(addresses).map((text) => ({ label: 'Adres', text }));

type Meldingstatus = MeldingStatusGewijzigd['heeftStatus'][0];

/** Which status, in whose words, by whom and when. */
export const statusLines = (status: Meldingstatus): Line[] => {
  const label = labelOf(status.statusType['@id']);
  const by = nameOf(status.statuswijzigingDoor);
  const told = wordsOf(status.beschrijving);
  return [
    { label: 'Status', text: label },
    ...(told === '' || told === label ? [] : [{ text: told }]),
    ...(by === '' ? [] : [{ label: 'Door', text: by }]),
    { label: 'Op', text: status.statusdatum },
  ];
};

/** One line as plain text. */
export const plainLine = ({ label, text }: Line): string =>
  label === undefined ? text : `${label}: ${text}`;

/** One line as HTML: label in bold, everything escaped. */
export const htmlLine = ({ label, text }: Line): string =>
  label === undefined ? escapeHtml(text) : `<b>${escapeHtml(label)}:</b> ${escapeHtml(text)}`;
