// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Persoon =
  | GezinOpgevraagd
  | GezinOpvragen
  | PersonenGevonden
  | PersonenZoeken
  | PersoonGewijzigd
  | PersoonOpgevraagd
  | PersoonOpvragen
  | PersoonUitschrijven;
/**
 * Eén regel in één taal; gewone tekst is Nederlands.
 */
export type Taalregel = RegelInTaal | string;

/**
 * Het gezin zoals het register het kent.
 */
export type GezinOpgevraagd = {
  '@context': string;
  '@id'?: string;
  '@type': 'Gezin' | ['Gezin'];
  /**
   * @minItems 1
   */
  gezinslid: [Gezinslid, ...Gezinslid[]];
};
export type Gezinslid = {
  '@id'?: string;
  '@type': 'GeregistreerdPersoon' | ['GeregistreerdPersoon'];
  registratie: Inschrijving;
  voornaam?: string[];
  achternaam?: string;
  volledigeNaam?: string;
  gebruikteVoornaam?: string;
  geslacht?: Concept;
  heeftGeboorte?: GeboorteInRegister;
  heeftVerblijfplaats?: Verblijfplaats[];
  gezinsrelatietype?: Concept;
};
/**
 * Rijksregisternummer of BIS-nummer: elf cijfers met geldig controlegetal.
 */
export type Inschrijving = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
/**
 * Waarde uit een codelijst.
 */
export type Concept = {
  '@id': string;
  '@type'?: 'Concept' | ['Concept'];
};
export type GeboorteInRegister = {
  '@id'?: string;
  '@type': 'Geboorte' | ['Geboorte'];
  datum?: string;
};
export type Verblijfplaats = {
  '@id'?: string;
  '@type': 'Verblijfplaats' | ['Verblijfplaats'];
  verblijfsadres?: Adresvoorstelling;
};
export type Adresvoorstelling = {
  '@id'?: string;
  '@type': 'Adresvoorstelling' | ['Adresvoorstelling'];
  straatnaam?: Taalregel;
  huisnummer?: string;
  busnummer?: string;
  postbus?: string;
  postcode?: string;
  gemeentenaam?: Taalregel;
  land?: Taalregel;
  volledigAdres?: Taalregel;
  verwijstNaar?: Verwijzing;
};
export type RegelInTaal = {
  '@value': string;
  /**
   * BCP 47.
   */
  '@language': string;
};
/**
 * Verwijst naar iets dat elders beschreven is.
 */
export type Verwijzing = {
  '@id': string;
};
/**
 * Met wie vormt deze persoon een gezin?
 */
export type GezinOpvragen = {
  '@context': string;
  '@id'?: string;
  '@type': 'Gezinsvraag' | ['Gezinsvraag'];
  registratie: Inschrijving;
};
/**
 * Wie het register op het adres kent.
 */
export type PersonenGevonden = {
  '@context': string;
  '@id'?: string;
  '@type': 'Personenlijst' | ['Personenlijst'];
  /**
   * @minItems 1
   */
  persoon: [PersoonInLijst, ...PersoonInLijst[]];
};
/**
 * Wat een register meedeelt van wie het vindt: minder dan van wie men opvraagt.
 */
export type PersoonInLijst = {
  '@id'?: string;
  '@type': 'GeregistreerdPersoon' | ['GeregistreerdPersoon'];
  registratie: Inschrijving;
  voornaam?: string[];
  achternaam?: string;
  volledigeNaam?: string;
  gebruikteVoornaam?: string;
  geslacht?: Concept;
  heeftGeboorte?: GeboorteInRegister;
  heeftVerblijfplaats?: Verblijfplaats[];
};
/**
 * Wie woont er op dit adres?
 */
export type PersonenZoeken = {
  '@context': string;
  '@id'?: string;
  '@type': 'Adresvraag' | ['Adresvraag'];
  verblijfsadres: GezochtAdres;
  /**
   * Code van de straat in het Rijksregister, binnen het postnummer.
   */
  straatcode: string;
};
/**
 * Adres zoals het Rijksregister het kent; de straat staat ernaast als code.
 */
export type GezochtAdres = {
  '@id'?: string;
  '@type': 'Adresvoorstelling' | ['Adresvoorstelling'];
  postcode: string;
  huisnummer: string;
  busnummer?: string;
};
/**
 * Het register heeft iets van deze persoon gewijzigd.
 */
export type PersoonGewijzigd = {
  '@context': string;
  '@id'?: string;
  '@type': 'GeregistreerdPersoon' | ['GeregistreerdPersoon'];
  registratie: Inschrijving;
  vroegereRegistratie?: Inschrijving;
  heeftWijziging?: Wijziging[];
};
/**
 * Eén gegeven van het register dat gewijzigd is. Wat het nu zegt staat er niet bij: dat wordt opgevraagd.
 */
export type Wijziging = {
  '@type': 'Wijziging' | ['Wijziging'];
  gegeven: string;
  omschrijving?: Taalregel;
  /**
   * Codes van wat er met het gegeven gebeurd is.
   */
  soort?: string[];
  datum?: string;
};
/**
 * Wat het register van de persoon weet.
 */
export type PersoonOpgevraagd = {
  '@context': string;
  '@id'?: string;
  '@type': 'GeregistreerdPersoon' | ['GeregistreerdPersoon'];
  registratie: Inschrijving;
  voornaam?: string[];
  achternaam?: string;
  volledigeNaam?: string;
  gebruikteVoornaam?: string;
  alternatieveNaam?: string[];
  geslacht?: Concept;
  heeftGeboorte?: GeboorteInRegister;
  heeftOverlijden?: Overlijden;
  heeftVerblijfplaats?: Verblijfplaats[];
  heeftBurgerlijkeStaat?: BurgerlijkeStaat;
  heeftNationaliteit?: Nationaliteit[];
  contactinfo?: Contactpunt[];
};
export type Overlijden = {
  '@id'?: string;
  '@type': 'Overlijden' | ['Overlijden'];
  datum?: string;
};
export type BurgerlijkeStaat = {
  '@id'?: string;
  '@type': 'BurgerlijkeStaat' | ['BurgerlijkeStaat'];
  type: Concept;
};
export type Nationaliteit = {
  '@id'?: string;
  '@type': 'Nationaliteit' | ['Nationaliteit'];
  nationaliteit: Concept;
};
export type Contactpunt = {
  '@id'?: string;
  '@type': 'Contactpunt' | ['Contactpunt'];
  naam?: string;
  contactnaam?: string;
  aanschrijfvorm?: Taalregel;
  email?: string;
  telefoon?: string;
  fax?: string;
  faxnummer?: string;
  website?: string;
  openingsuren?: string;
  beschikbaarheid?: Verwijzing;
  adres?: Adresvoorstelling;
};
/**
 * Wie is de persoon met dit rijksregisternummer of BIS-nummer?
 */
export type PersoonOpvragen = {
  '@context': string;
  '@id'?: string;
  '@type': 'Persoonsvraag' | ['Persoonsvraag'];
  registratie: Inschrijving;
};
/**
 * Het bestuur volgt deze persoon niet meer: zijn inschrijving in het repertorium eindigt.
 */
export type PersoonUitschrijven = {
  '@context': string;
  '@id'?: string;
  '@type': 'Uitschrijving' | ['Uitschrijving'];
  registratie: Inschrijving;
};
