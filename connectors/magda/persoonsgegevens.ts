import { oneLine } from '#kit/text.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { conceptOf } from './concepten.js';
import type { Concepten } from './concepten.js';
import { datumOf } from './datum.js';

/** What is undefined is left out: OSLO knows no empty values. */
export const filled = <T extends object>(properties: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as { [K in keyof T]?: NonNullable<T[K]> };

/** Lines of OSLO hold at most 255 characters. */
const line = (text: string | undefined): string | undefined => {
  const found = oneLine(text ?? '').slice(0, 255);
  return found === '' ? undefined : found;
};

const given = (text: string | undefined): string[] => {
  const found = line(text);
  return found === undefined ? [] : [found];
};

const namesOf = (naam: XmlElement | undefined) => {
  const first = childrenOf(childOf(naam, 'Voornamen'), 'Voornaam');
  const voornaam = first.flatMap(({ text }) => given(text));
  const achternaam = line(
    childrenOf(childOf(naam, 'Achternamen'), 'Achternaam')
      .map(({ text }) => text)
      .join(' '),
  );
  const usual = first.find(({ attributes }) => attributes['GebruikelijkeVoornaam'] === '1');
  return {
    voornaam,
    achternaam,
    volledigeNaam: line([...voornaam, achternaam ?? ''].join(' ')),
    gebruikteVoornaam: line(usual?.text),
  };
};

/** An address of the domain v3 of MAGDA; undefined where nothing of it is told. */
const adresOf = (adres: XmlElement | undefined) => {
  const one = filled({
    straatnaam:
      line(textOf(adres, 'Straatnaam', 'String')) ??
      line(textOf(adres, 'NietGestandaardiseerdeStraatnaam', 'String')),
    huisnummer: line(textOf(adres, 'Huisnummer')),
    busnummer: line(textOf(adres, 'Busnummer')),
    postcode: line(textOf(adres, 'Postcode')),
    gemeentenaam: line(textOf(adres, 'Gemeentenaam', 'String')),
    land: line(textOf(adres, 'Land', 'String')),
  });
  return Object.keys(one).length === 0
    ? undefined
    : { '@type': 'Adresvoorstelling' as const, ...one };
};

const moment = <T extends string>(type: T, datum: string | undefined) =>
  datum === undefined ? undefined : { '@type': type, datum };

const verblijfplaatsen = (persoon: XmlElement) =>
  childrenOf(childOf(persoon, 'Adressen'), 'Hoofdverblijfplaats')
    .filter(({ attributes }) => attributes['DatumEinde'] === undefined)
    .flatMap((one) => {
      const verblijfsadres = adresOf(one);
      return verblijfsadres ? [{ '@type': 'Verblijfplaats' as const, verblijfsadres }] : [];
    });

/** Of what changes in time, what holds now. */
const current = (element: XmlElement | undefined, name: string): XmlElement[] =>
  childrenOf(element, name).filter(({ attributes }) => attributes['DatumEinde'] === undefined);

/** What every answer tells of a person, in OSLO; what MAGDA does not tell is left out. */
export const persoonsgegevens = (persoon: XmlElement, concepten: Concepten) => {
  const staat = current(childOf(persoon, 'BurgerlijkeStaten'), 'BurgerlijkeStaat').at(-1);
  const type = conceptOf(concepten, 'burgerlijkeStaat', textOf(staat, 'Code'));
  const geboorte = textOf(persoon, 'Geboorte', 'Datum') ?? textOf(persoon, 'Geboortedatum');
  const nationaliteiten = current(childOf(persoon, 'Nationaliteiten'), 'Nationaliteit');
  return filled({
    ...namesOf(childOf(persoon, 'Naam')),
    geslacht: conceptOf(concepten, 'geslacht', textOf(persoon, 'Geslacht', 'Code')),
    heeftGeboorte: moment('Geboorte', datumOf(geboorte)),
    heeftOverlijden: moment('Overlijden', datumOf(textOf(persoon, 'Overlijden', 'Datum'))),
    heeftVerblijfplaats: verblijfplaatsen(persoon),
    heeftBurgerlijkeStaat: type && { '@type': 'BurgerlijkeStaat' as const, type },
    heeftNationaliteit: nationaliteiten.flatMap((one) => {
      const nationaliteit = conceptOf(concepten, 'nationaliteit', textOf(one, 'Code'));
      return nationaliteit ? [{ '@type': 'Nationaliteit' as const, nationaliteit }] : [];
    }),
  });
};

/** What an answer with several persons tells of one of them. */
export const personInList = (persoon: XmlElement, concepten: Concepten) => {
  const all = persoonsgegevens(persoon, concepten);
  const { voornaam, achternaam, volledigeNaam, gebruikteVoornaam } = all;
  const { geslacht, heeftGeboorte, heeftVerblijfplaats } = all;
  const names = { voornaam, achternaam, volledigeNaam, gebruikteVoornaam };
  return {
    '@type': 'GeregistreerdPersoon' as const,
    registratie: {
      '@type': 'Identificator' as const,
      identificator: textOf(persoon, 'INSZ') ?? '',
    },
    ...filled({ ...names, geslacht, heeftGeboorte, heeftVerblijfplaats }),
  };
};
