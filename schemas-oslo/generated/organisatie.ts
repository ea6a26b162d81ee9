// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Organisatie = OrganisatieOpgevraagd | OrganisatieOpvragen;
/**
 * Eén regel in één taal; gewone tekst is Nederlands.
 */
export type Taalregel = RegelInTaal | string;
/**
 * Tekst in één taal; gewone tekst is Nederlands.
 */
export type Taaltekst = TekstInTaal | string;

/**
 * Wat het register van de organisatie weet.
 */
export type OrganisatieOpgevraagd = {
  '@context': string;
  '@id'?: string;
  '@type': 'GeregistreerdeOrganisatie' | ['GeregistreerdeOrganisatie'];
  registratie: Ondernemingsnummer;
  wettelijkeNaam: Taalregel;
  voorkeursnaam?: Taalregel;
  alternatieveNaam?: Taalregel[];
  beschrijving?: Taaltekst;
  contactinfo?: Contactpunt[];
  homepage?: string;
  activiteit?: Concept;
  classificatie?: Concept[];
  status?: Concept[];
  heeftVestiging?: Verwijzing[];
  heeftPrimaireVestiging?: Verwijzing;
  heeftEenheid?: Verwijzing[];
  isSuborganisatieVan?: Verwijzing[];
  rechtsvorm?: Concept;
  rechtstoestand?: Concept;
  rechtspersoonlijkheid?: Concept;
};
/**
 * Ondernemingsnummer: tien cijfers, zonder punten, met geldig controlegetal.
 */
export type Ondernemingsnummer = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
export type RegelInTaal = {
  '@value': string;
  /**
   * BCP 47.
   */
  '@language': string;
};
export type TekstInTaal = {
  '@value': string;
  /**
   * BCP 47.
   */
  '@language': string;
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
 * Verwijst naar iets dat elders beschreven is.
 */
export type Verwijzing = {
  '@id': string;
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
 * Waarde uit een codelijst.
 */
export type Concept = {
  '@id': string;
  '@type'?: 'Concept' | ['Concept'];
};
/**
 * Welke organisatie heeft dit ondernemingsnummer?
 */
export type OrganisatieOpvragen = {
  '@context': string;
  '@id'?: string;
  '@type': 'Organisatievraag' | ['Organisatievraag'];
  registratie: Ondernemingsnummer;
};
