import { escapeHtml } from '#kit/text.js';
import { addressesOf, degrees, linkedAttachments, placesOf, textsOf } from '#kit/melding.js';
import type { Adresvoorstelling, MeldingBody } from '#oslo/generated/melding.js';

/** A line of the HTML subset that TOPdesk takes: label in bold, text escaped. */
export const line = (label: string, text: string): string =>
  `<b>${escapeHtml(label)}:</b> ${escapeHtml(text)}`;

/** Lines for texts, places and links of bodies, escaped. */
export const bodyLines = (bodies: readonly MeldingBody[]): string[] => [
  ...textsOf(bodies).map(escapeHtml),
  ...placesOf(bodies).map((place) => line('Coördinaten (WGS 84, breedte, lengte)', degrees(place))),
  ...linkedAttachments(bodies).map((address) => line('Bijlage', address)),
];

export const addressLines = (addresses: readonly Adresvoorstelling[]): string[] =>
  addressesOf(addresses).map((text) => line('Adres', text));
