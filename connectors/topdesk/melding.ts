import { escapeHtml, wordsOf } from '#kit/text.js';
import { placeOf } from '#kit/geometry.js';
import type { Place } from '#kit/geometry.js';
import type { Adresvoorstelling, Agent, MeldingBody } from '#oslo/generated/melding.js';

const attachmentUrn = 'urn:lb-bus:attachment:';

const isPresent = <T>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined;

/** Attachments that the bus holds, in the order of the bodies. */
export const heldAttachments = (bodies: readonly MeldingBody[]): string[] => [
  ...new Set(
    bodies
      .map(({ bijlage }) => bijlage)
      .filter(isPresent)
      .filter((uri) => uri.startsWith(attachmentUrn)),
  ),
];

/** Addresses of attachments that lie elsewhere; the bus never fetches them. */
const linkedAttachments = (bodies: readonly MeldingBody[]): string[] =>
  bodies
    .map(({ bijlage }) => bijlage)
    .filter(isPresent)
    .filter((uri) => !uri.startsWith(attachmentUrn));

const streetOf = (address: Adresvoorstelling): string =>
  [wordsOf(address.straatnaam), address.huisnummer, address.busnummer && `bus ${address.busnummer}`]
    .filter(isPresent)
    .join(' ')
    .trim();

/** One line; the full address where it is given. */
const addressLine = (address: Adresvoorstelling): string => {
  const town = [address.postcode, wordsOf(address.gemeentenaam)].filter(Boolean).join(' ');
  return wordsOf(address.volledigAdres) || [streetOf(address), town].filter(Boolean).join(', ');
};

const degrees = ({ latitude, longitude }: Place): string =>
  `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

const placesOf = (bodies: readonly MeldingBody[]): string[] =>
  bodies
    .flatMap(({ geometrie }) => (geometrie ? [placeOf(geometrie.wkt)] : []))
    .filter(isPresent)
    .map(degrees);

/** A line of the HTML subset that TOPdesk takes: label in bold, text escaped. */
export const line = (label: string, text: string): string =>
  `<b>${escapeHtml(label)}:</b> ${escapeHtml(text)}`;

/** Lines for texts, places and links of bodies, escaped. */
export const bodyLines = (bodies: readonly MeldingBody[]): string[] => [
  ...bodies
    .map(({ beschrijving }) => wordsOf(beschrijving))
    .filter((text) => text !== '')
    .map(escapeHtml),
  ...placesOf(bodies).map((place) => line('Coördinaten (WGS 84, breedte, lengte)', place)),
  ...linkedAttachments(bodies).map((address) => line('Bijlage', address)),
];

export const addressLines = (addresses: readonly Adresvoorstelling[]): string[] =>
  addresses
    .map(addressLine)
    .filter((text) => text !== '')
    .map((text) => line('Adres', text));

const personName = (agent: Agent): string => {
  if (!('achternaam' in agent || 'voornaam' in agent || 'volledigeNaam' in agent)) return '';
  const parts = [...(agent.voornaam ?? []), agent.achternaam].filter(isPresent);
  return agent.volledigeNaam ?? parts.join(' ');
};

const organisationName = (agent: Agent): string => {
  const legal = 'wettelijkeNaam' in agent ? wordsOf(agent.wettelijkeNaam) : '';
  return legal || ('voorkeursnaam' in agent ? wordsOf(agent.voorkeursnaam) : '');
};

/** Name of a person or organisation; empty for an anonymous agent and for a reference. */
export const nameOf = (agent: Agent): string => personName(agent) || organisationName(agent);

/** First e-mail address and telephone number of an agent. */
export const contactOf = (
  agent: Agent,
): { email: string | undefined; telefoon: string | undefined } => {
  const points = 'contactinfo' in agent ? (agent.contactinfo ?? []) : [];
  return {
    email: points.map(({ email }) => email).find(isPresent),
    telefoon: points.map(({ telefoon }) => telefoon).find(isPresent),
  };
};
