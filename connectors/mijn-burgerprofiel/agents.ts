import { identificatorsOf, organisationName } from '#kit/melding.js';
import { oneLine, wordsOf } from '#kit/text.js';
import type {
  Adresvoorstelling,
  Agent as OsloAgent,
  Contactpunt,
} from '#oslo/generated/melding.js';
import { isInsz, isKbo, isVCode } from '#oslo/numbers.js';
import type { Beheerder } from './dossier.js';

const isNumber = (text: string): boolean => isInsz(text) || isKbo(text) || isVCode(text);

/** Number of a person, enterprise or association by which DOSIS knows it; null for whoever has none, or does not say it. */
export const numberOf = (agent: OsloAgent): string | null => {
  const registered = 'registratie' in agent ? [agent.registratie] : [];
  const named = 'identificator' in agent ? (agent.identificator ?? []) : [];
  return identificatorsOf([...registered, ...named]).find(isNumber) ?? null;
};

/** The fields that have a text, on one line. */
const filled = <K extends string>(
  fields: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> => {
  const texts = Object.entries<string | undefined>(fields).map(
    ([name, text]) => [name, oneLine(text ?? '')] as const,
  );
  return Object.fromEntries(texts.filter(([, text]) => text !== '')) as Partial<Record<K, string>>;
};

const addressIn = (address: Adresvoorstelling): NonNullable<Beheerder['Adres']> =>
  filled({
    Straat: wordsOf(address.straatnaam),
    Nummer: address.huisnummer,
    Postcode: address.postcode,
    Gemeente: wordsOf(address.gemeentenaam),
  });

/** How an organisation may be reached, by one of its contact points. */
const contactIn = (point: Contactpunt): Omit<Beheerder, 'Naam'> => {
  const address = point.adres ? addressIn(point.adres) : {};
  return {
    ...filled({
      Dienst: point.naam ?? point.contactnaam,
      Telefoon: point.telefoon,
      Email: point.email,
      Website: point.website,
    }),
    ...(Object.keys(address).length > 0 && { Adres: address }),
  };
};

const firstPoint = (agent: OsloAgent): Contactpunt | undefined =>
  'contactinfo' in agent ? agent.contactinfo[0] : undefined;

/** An organisation as the one that may be asked about a dossier; null where it is only a reference. */
export const beheerderOf = (agent: OsloAgent | undefined): Beheerder | null => {
  const name = agent ? oneLine(organisationName(agent)) : '';
  if (!agent || name === '') return null;
  const point = firstPoint(agent);
  return { Naam: name, ...(point && contactIn(point)) };
};
