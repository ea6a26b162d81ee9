import type {
  Adresvoorstelling,
  Agent,
  Identificator,
  MeldingBody,
  MeldingIngediend,
} from '#oslo/generated/melding.js';
import type { Message } from './message.js';
import { placeOf } from './geometry.js';
import type { Place } from './geometry.js';
import { wordsOf } from './text.js';

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
export const linkedAttachments = (bodies: readonly MeldingBody[]): string[] =>
  bodies
    .map(({ bijlage }) => bijlage)
    .filter(isPresent)
    .filter((uri) => !uri.startsWith(attachmentUrn));

/** What the bodies say in words. */
export const textsOf = (bodies: readonly MeldingBody[]): string[] =>
  bodies.map(({ beschrijving }) => wordsOf(beschrijving)).filter((text) => text !== '');

/** The places of the bodies, in WGS 84. */
export const placesOf = (bodies: readonly MeldingBody[]): Place[] =>
  bodies.flatMap(({ geometrie }) => (geometrie ? [placeOf(geometrie.wkt)] : [])).filter(isPresent);

/** Latitude and longitude, to a decimetre. */
export const degrees = ({ latitude, longitude }: Place): string =>
  `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

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

/** Each address on one line. */
export const addressesOf = (addresses: readonly Adresvoorstelling[] | undefined): string[] =>
  (addresses ?? []).map(addressLine).filter((text) => text !== '');

const personName = (agent: Agent): string => {
  if (!('achternaam' in agent || 'voornaam' in agent || 'volledigeNaam' in agent)) return '';
  const parts = [...(agent.voornaam ?? []), agent.achternaam].filter(isPresent);
  return agent.volledigeNaam ?? parts.join(' ');
};

/** Legal or preferred name of an organisation; empty for what is none. */
export const organisationName = (agent: Agent): string => {
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

/** The numbers under which a thing is known. */
export const identificatorsOf = (identificators: readonly Identificator[] | undefined): string[] =>
  (identificators ?? []).flatMap(({ identificator }) =>
    identificator === undefined ? [] : [identificator],
  );

/**
 * The numbers under which a system may know the melding that a later message is about, without repeats: what the bus
 * correlates it with, then its identificators.
 */
export const knownNumbers = ({
  data,
  event,
}: Message<{ readonly identificator?: readonly Identificator[] }>): string[] => {
  const { correlationid } = event;
  const correlated = typeof correlationid === 'string' ? [correlationid] : [];
  return [...new Set([...correlated, ...identificatorsOf(data.identificator)])];
};

/** What a table of settings has for the first meldingstype that it knows. */
export const byMeldingstype = <T>(
  { meldingstype }: Pick<MeldingIngediend, 'meldingstype'>,
  known: Readonly<Record<string, T>>,
): T | undefined => {
  const found = meldingstype.map(({ '@id': iri }) => iri).find((iri) => Object.hasOwn(known, iri));
  return found === undefined ? undefined : known[found];
};
