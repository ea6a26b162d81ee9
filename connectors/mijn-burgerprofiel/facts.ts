import { createHash } from 'node:crypto';
import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import { byMeldingstype, identificatorsOf } from '#kit/melding.js';
import { oneLine } from '#kit/text.js';
import type { AgentInRol, DossierStatusGewijzigd } from '#oslo/generated/dossier.js';
import type { MeldingIngediend, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import { beheerderOf, numberOf } from './agents.js';
import type { Agent, Beheerder, Facts } from './dossier.js';
import type { BurgerprofielSettings } from './settings.js';

type AnyMelding = MeldingIngediend | MeldingStatusGewijzigd;

/** What can be read at the end of an IRI. */
const lastPart = (iri: string): string => {
  const part = iri.split(/[/#:]/).findLast((one) => one !== '') ?? iri;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const digestLength = 8;
const digestOf = (iri: string): string =>
  createHash('sha256').update(iri).digest('hex').slice(0, digestLength);

/** A name for the dossier of a melding of which nobody knows whose it is. */
export const unnamedDossier = (subject: string, { bron }: BurgerprofielSettings): string =>
  `${bron} ?${digestOf(subject)}`;

const dossierNumber = (
  { subject, data }: Message<AnyMelding>,
  { dossierNumbers }: BurgerprofielSettings,
): string => {
  const [number = lastPart(subject)] = identificatorsOf(data.identificator).map(oneLine);
  return dossierNumbers === 'unique' ? `${number}-${digestOf(subject)}` : number;
};

const agentOf = (number: string, code: string): Agent => ({
  Identificatie: number,
  Toegangsrechten: [{ Code: code }],
});

const defaultRight = 'Raadpleger';

const pageOf = (
  page: string | undefined,
  number: string,
  { dosis }: BurgerprofielSettings,
): string | undefined =>
  page ?? dosis?.doorverwijzing?.replaceAll('{dossierNummer}', encodeURIComponent(number));

/** The facts beside whose dossier it is, those that there are. */
const optional = (parts: {
  readonly page: string | undefined;
  readonly products: readonly string[];
  readonly beheerder: Beheerder | null;
}): Pick<Facts, 'Doorverwijzing' | 'Producten' | 'DossierBeheerder'> => {
  const { page, products, beheerder } = parts;
  return {
    ...(page !== undefined && { Doorverwijzing: page }),
    ...(products.length > 0 && { Producten: products.map((Id) => ({ Id })) }),
    ...(beheerder !== null && { DossierBeheerder: beheerder }),
  };
};

const productsOfMelding = (
  { meldingstype }: AnyMelding,
  { products, defaultProduct }: BurgerprofielSettings,
): string[] => {
  const known = meldingstype && byMeldingstype({ meldingstype }, products);
  return [known ?? defaultProduct].filter((product) => product !== undefined);
};

/** Whose melding it is; null where the message does not name somebody with a number, or not its title. */
export const factsOfMelding = (
  message: Message<AnyMelding>,
  settings: BurgerprofielSettings,
): Facts | null => {
  const { titel, indiener, webpagina, behandelaar } = message.data;
  const agent = indiener ? numberOf(indiener) : null;
  if (agent === null || titel === undefined) return null;
  const number = dossierNumber(message, settings);
  return {
    Identificatie: { Bron: settings.bron, DossierNummer: number },
    Naam: oneLine(titel),
    ...optional({
      page: pageOf(webpagina, number, settings),
      products: productsOfMelding(message.data, settings),
      beheerder: beheerderOf(behandelaar),
    }),
    Agenten: [agentOf(agent, settings.dosis?.toegangsrecht ?? defaultRight)],
  };
};

const productOf = (iri: string, index: number, { products }: BurgerprofielSettings): string => {
  const known = Object.hasOwn(products, iri) ? products[iri] : undefined;
  const number = known ?? lastPart(iri);
  if (known !== undefined || /^\d+$/.test(number)) return number;
  throw new Failure(
    'reject',
    'The product has no number at the end of its IRI and is not in the setting products',
    { code: 'unknown-value', pointer: `/data/isInstantieVan/${index}/@id` },
  );
};

const rightOf = ({ rol }: AgentInRol, { dosis }: BurgerprofielSettings): string => {
  const rights = dosis?.toegangsrechten ?? {};
  const known = rol && Object.hasOwn(rights, rol['@id']) ? rights[rol['@id']] : undefined;
  return known ?? dosis?.toegangsrecht ?? defaultRight;
};

/** What a message says of a dossier: all of it, every time. */
export const factsOfDossier = (
  { data }: Message<DossierStatusGewijzigd>,
  settings: BurgerprofielSettings,
): Facts => {
  const number = data.identificator[0].identificator;
  return {
    Identificatie: { Bron: settings.bron, DossierNummer: number },
    Naam: oneLine(data.naam),
    ...optional({
      page: pageOf(data.webpagina, number, settings),
      products: (data.isInstantieVan ?? []).map(({ '@id': iri }, index) =>
        productOf(iri, index, settings),
      ),
      beheerder: beheerderOf(data.wordtUitgevoerdDoor),
    }),
    Agenten: data.heeftDeelnemer.flatMap((deelnemer) => {
      const agent = numberOf(deelnemer.isRolspecialisatieVan);
      return agent === null ? [] : [agentOf(agent, rightOf(deelnemer, settings))];
    }),
  };
};
