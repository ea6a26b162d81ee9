import { childOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import type { Markup } from '#kit/soap/template.js';
import {
  geefGezinssamenstelling,
  geefOnderneming,
  geefOndernemingVkbo,
  geefPersoon,
  registreerInschrijving,
  registreerUitschrijving,
  zoekPersoonOpAdres,
} from '../diensten.js';
import type { Dienst } from '../diensten.js';
import type { Uitzondering } from '../errors.js';
import { tijdstip } from '../envelope.js';
import type { Uitkomst } from './antwoorden.js';
import { gevondenPersoon, gezinslid, onderneming, ondernemingVkbo, persoon } from './personen.js';
import { bedrijven, bewoners, burgers } from './register.js';
import type { Burger } from './register.js';
import { dossierDiensten } from './dossiers.js';
import { schrijfIn, schrijfUit } from './repertorium.js';
import { inschrijvingKey } from './state.js';
import type { Omgeving } from './state.js';
import { wachtrijen } from './wachtrij.js';
import { nieuwInsz, uitzonderingen } from './uitzonderingen.js';

/** One question in a capacity, as the services see it. */
export interface Bevraging {
  readonly inhoud: XmlElement;
  readonly identificatie: string;
  readonly hoedanigheid: string;
}

/** What a service makes of a question. */
export type Dienstverlening = (omgeving: Omgeving, bevraging: Bevraging) => Uitkomst;

const refused = (...all: readonly Uitzondering[]): Uitkomst => ({ uitzonderingen: all });

/** Mod 97, with 2 before the first nine digits of who was born after 1999. */
const isInsz = (insz: string): boolean =>
  ['', '2'].some(
    (century) => 97 - (Number(century + insz.slice(0, 9)) % 97) === Number(insz.slice(9)),
  );

const isInscribed = (
  { inschrijvingen, tools }: Omgeving,
  insz: string,
  hoedanigheid: string,
): boolean =>
  (inschrijvingen.get(inschrijvingKey(insz, hoedanigheid)) ?? '') >= tijdstip(tools.now()).datum;

/** Who is asked for, or why nothing is told of him. */
const found = (omgeving: Omgeving, { inhoud, hoedanigheid }: Bevraging): Burger | Uitzondering => {
  const insz = textOf(inhoud, 'Criteria', 'INSZ') ?? '';
  if (!isInsz(insz)) return uitzonderingen.ongeldigInsz;
  if (!isInscribed(omgeving, insz, hoedanigheid)) return uitzonderingen.nietIngeschreven;
  const burger = burgers.get(insz);
  if (!burger) return uitzonderingen.nietGevonden;
  return burger.geannuleerd ? uitzonderingen.geannuleerd : burger;
};

const overPersoon =
  (answer: (burger: Burger) => Uitkomst): Dienstverlening =>
  (omgeving, bevraging) => {
    const one = found(omgeving, bevraging);
    return 'insz' in one ? answer(one) : refused(one);
  };

const several = (name: string, all: readonly Markup[]): Markup => ({
  markup: `<${name}>${all.map(({ markup }) => markup).join('')}</${name}>`,
});

/** `Volgende` counts answers: nothing that was found says so, nor how many people one answer holds. */
const opAdres: Dienstverlening = ({ perAntwoord }, { inhoud }) => {
  const adres = childOf(inhoud, 'Criteria', 'Adres');
  const straatcode = textOf(adres, 'Straatcode') ?? '';
  if (Number(straatcode) === 0) return refused(uitzonderingen.straatcode);
  const all = bewoners({
    postcode: textOf(adres, 'PostCode') ?? '',
    straatcode,
    huisnummer: textOf(adres, 'Huisnummer') ?? '',
  });
  const isOnlyHead = textOf(inhoud, 'Criteria', 'EnkelReferentiepersoon') === '1';
  const matching = all.filter(({ positie }) => !isOnlyHead || positie === '01');
  const first = perAntwoord * Number(textOf(inhoud, 'Criteria', 'Volgende') ?? 0);
  const asked = matching.slice(first, first + perAntwoord);
  if (asked.length === 0) return refused(uitzonderingen.nietGevonden);
  return { inhoud: several('Personen', asked.map(gevondenPersoon)) };
};

const overOnderneming =
  (
    make: typeof onderneming,
    numberOf: (inhoud: XmlElement) => string | undefined,
  ): Dienstverlening =>
  (_omgeving, { inhoud }) => {
    const bedrijf = bedrijven.get(numberOf(inhoud) ?? '');
    return bedrijf ? { inhoud: make(bedrijf) } : refused(uitzonderingen.geenOnderneming);
  };

/** What each service does with a question that is well-formed and allowed. */
export const dienstverleningen: ReadonlyMap<Dienst, Dienstverlening> = new Map<
  Dienst,
  Dienstverlening
>([
  [
    geefPersoon,
    overPersoon((burger) => ({
      inhoud: persoon(burger),
      ...(burger.nieuwInsz !== undefined && {
        uitzonderingen: [nieuwInsz(burger.insz, burger.nieuwInsz)],
      }),
    })),
  ],
  [
    geefGezinssamenstelling,
    overPersoon((burger) => ({
      inhoud: several('Gezinsleden', bewoners(burger.adres).map(gezinslid)),
    })),
  ],
  [zoekPersoonOpAdres, opAdres],
  [
    geefOnderneming,
    overOnderneming(onderneming, (inhoud) => textOf(inhoud, 'Criteria', 'Ondernemingsnummer')),
  ],
  [
    geefOndernemingVkbo,
    overOnderneming(ondernemingVkbo, (inhoud) => textOf(inhoud, 'Ondernemingsnummer')),
  ],
  [registreerInschrijving, schrijfIn],
  [registreerUitschrijving, schrijfUit],
  ...wachtrijen,
  ...dossierDiensten,
]);
