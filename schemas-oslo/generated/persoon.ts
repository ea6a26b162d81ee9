// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Persoon = PersoonGewijzigd | PersoonOpgevraagd | PersoonOpvragen;
/**
 * Eén regel in één taal; gewone tekst is Nederlands.
 */
export type Taalregel = RegelInTaal | string;

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
 * Rijksregisternummer of BIS-nummer: elf cijfers met geldig controlegetal.
 */
export type Inschrijving = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
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
export type RegelInTaal = {
  '@value': string;
  /**
   * BCP 47.
   */
  '@language': string;
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
export type Overlijden = {
  '@id'?: string;
  '@type': 'Overlijden' | ['Overlijden'];
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
/**
 * Verwijst naar iets dat elders beschreven is.
 */
export type Verwijzing = {
  '@id': string;
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
