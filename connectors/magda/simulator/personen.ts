import { given, xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import type { Adres, Bedrijf, Burger } from './register.js';

const codes: Readonly<Record<string, string>> = {
  '01': 'Referentiepersoon',
  '02': 'Echtgenoot',
  '03': 'Zoon of dochter',
  '10': 'Ongehuwd',
  '20': 'Gehuwd',
};

const taal = (name: string, text: string): Markup => ({
  markup: `<${name}>${xml`<String>${text}</String><Taal>nl</Taal>`.markup}</${name}>`,
});

const code = (of: string): Markup =>
  xml`<Code>${of}</Code>${given(
    codes[of],
    (words) => xml`<Omschrijving Taal="nl">${words}</Omschrijving>`,
  )}`;

const hoofdverblijfplaats = (adres: Adres): Markup => xml`
  <Adressen>
    <Hoofdverblijfplaats DatumBegin="2014-05-23">
      ${taal('Straatnaam', adres.straatnaam)}
      <Huisnummer>${adres.huisnummer}</Huisnummer>
      ${taal('Gemeentenaam', adres.gemeente)}
      ${taal('Land', 'België')}
      <Postcode>${adres.postcode}</Postcode>
    </Hoofdverblijfplaats>
  </Adressen>`;

const naam = ({ achternaam, voornamen }: Burger): Markup => xml`
  <Naam DatumBegin="2000-00-00">
    <Achternamen><Achternaam>${achternaam}</Achternaam></Achternamen>
    <Voornamen>${voornamen.map((one) => xml`<Voornaam>${one}</Voornaam>`)}</Voornamen>
  </Naam>`;

const geslacht = ({ geslacht: one }: Burger): Markup => xml`
  <Geslacht>
    <Code>${one}</Code>
    <Omschrijving Taal="nl">${one === '1' ? 'Mannelijk' : 'Vrouwelijk'}</Omschrijving>
  </Geslacht>`;

/** Persoon-v3, PersoonType. */
export const persoon = (burger: Burger): Markup => xml`
  <Persoon Bron="RR" DatumCreatie="2011-07-11" DatumModificatie="2014-09-17">
    <INSZ>${burger.insz}</INSZ>
    ${naam(burger)}
    ${geslacht(burger)}
    <Nationaliteiten>
      <Nationaliteit DatumBegin="2000-00-00">
        <Code>150</Code><Omschrijving Taal="nl">België</Omschrijving>
      </Nationaliteit>
    </Nationaliteiten>
    <Geboorte><Datum>${burger.geboren}</Datum></Geboorte>
    ${given(burger.overleden, (one) => xml`<Overlijden><Datum>${one}</Datum></Overlijden>`)}
    ${given(
      burger.burgerlijkeStaat,
      (one) => xml`
        <BurgerlijkeStaten><BurgerlijkeStaat DatumBegin="2010-00-00">${code(one)}</BurgerlijkeStaat></BurgerlijkeStaten>`,
    )}
    ${hoofdverblijfplaats(burger.adres)}
  </Persoon>`;

/** ZoekPersoon-v3: as much as is told of somebody who is found. */
export const gevondenPersoon = (burger: Burger): Markup => xml`
  <Persoon Bron="RR">
    <INSZ>${burger.insz}</INSZ>
    ${naam(burger)}
    ${geslacht(burger)}
    <Geboortedatum>${burger.geboren}</Geboortedatum>
    ${hoofdverblijfplaats(burger.adres)}
  </Persoon>`;

/** Gezinssamenstelling-v3, GezinslidVerplichtINSZType. */
export const gezinslid = (burger: Burger): Markup => xml`
  <Gezinslid>
    <INSZ>${burger.insz}</INSZ>
    ${naam(burger)}
    ${geslacht(burger)}
    <Geboortedatum>${burger.geboren}</Geboortedatum>
    <Positie>${code(burger.positie)}</Positie>
    ${hoofdverblijfplaats(burger.adres)}
  </Gezinslid>`;

const inNederlands = (text: string): Markup => xml`<Naam>${text}</Naam><Taalcode>nl</Taalcode>`;

/** Onderneming-02.00, OndernemingBasisType: an enterprise, from the KBO. */
const basis = (bedrijf: Bedrijf, bron: string): Markup => ({
  markup: xml`
    <Ondernemingsnummer>${bedrijf.nummer}</Ondernemingsnummer>
    ${{ markup: `<${bron}><Code Beschrijving="KBO">03</Code></${bron}>` }}
    <OndernemingOfVestiging><Code Beschrijving="Onderneming">1</Code></OndernemingOfVestiging>
    <StatusKBO><Code>${bedrijf.status}</Code></StatusKBO>`.markup,
});

/** Onderneming-02.00, Onderneming2_0Type. */
export const onderneming = (bedrijf: Bedrijf): Markup => xml`
  <Onderneming>
    ${basis(bedrijf, 'AuthentiekBron')}
    <Namen>
      <MaatschappelijkeNamen>
        <MaatschappelijkeNaam DatumBegin="1990-01-01" DatumEinde="2009-11-26">
          ${inNederlands('Vroegere naam')}
        </MaatschappelijkeNaam>
        <MaatschappelijkeNaam DatumBegin="2009-11-27">${inNederlands(bedrijf.naam)}</MaatschappelijkeNaam>
      </MaatschappelijkeNamen>
      ${given(
        bedrijf.commercieel,
        (one) => xml`
          <CommercieleNamen>
            <CommercieleNaam DatumBegin="2009-11-27">${inNederlands(one)}</CommercieleNaam>
          </CommercieleNamen>`,
      )}
    </Namen>
    <Rechtsvormen>
      <Rechtsvorm DatumBegin="2009-11-27"><Code>${bedrijf.rechtsvorm}</Code></Rechtsvorm>
    </Rechtsvormen>
  </Onderneming>`;

/** Onderneming-02.00, OndernemingVKBOType. */
export const ondernemingVkbo = (bedrijf: Bedrijf): Markup => xml`
  <Onderneming DatumModificatie="2009-11-27">
    ${basis(bedrijf, 'AuthentiekeBron')}
    <Namen>
      <MaatschappelijkeNaam DatumModificatie="2009-11-27" TaalCode="nl">
        ${bedrijf.naam}
      </MaatschappelijkeNaam>
      ${given(
        bedrijf.commercieel,
        (one) => xml`<CommercieleNaam TaalCode="nl">${one}</CommercieleNaam>`,
      )}
    </Namen>
    ${given(bedrijf.telefoon, (one) => xml`<Contact><Telefoonnummer>${one}</Telefoonnummer></Contact>`)}
    <DatumStart>1992-02-17</DatumStart>
    <DatumInschrijving>1995-02-17</DatumInschrijving>
    <DatumAfsluiting>9999-02-17</DatumAfsluiting>
    <Rechtsvorm><Code>${bedrijf.rechtsvorm}</Code></Rechtsvorm>
  </Onderneming>`;
