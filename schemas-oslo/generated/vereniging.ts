// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Vereniging = VerenigingOpgevraagd | VerenigingOpvragen;
/**
 * Eén regel in één taal; gewone tekst is Nederlands.
 */
export type Taalregel = RegelInTaal | string;
/**
 * Tekst in één taal; gewone tekst is Nederlands.
 */
export type Taaltekst = TekstInTaal | string;

/**
 * Wat het register van de vereniging weet.
 */
export type VerenigingOpgevraagd = {
  '@context': string;
  '@id'?: string;
  '@type': 'Vereniging' | ['Vereniging'];
  /**
   * @minItems 1
   */
  identificator: [Identificator, ...Identificator[]];
  voorkeursnaam: Taalregel;
  alternatieveNaam?: Taalregel[];
  beschrijving?: Taaltekst;
  classificatie?: Concept[];
  activiteit?: Concept[];
  status?: Concept;
  contactinfo?: Contactpunt[];
  heeftVestiging?: Vestiging[];
};
export type Identificator = {
  '@id'?: string;
  '@type': 'Identificator' | ['Identificator'];
  identificator?: string;
  toegekendDoor?: Verwijzing;
  toegekendDoorString?: string;
  toegekendOp?: string;
  gestructureerdeIdentificator?: GestructureerdeIdentificator;
};
/**
 * Verwijst naar iets dat elders beschreven is.
 */
export type Verwijzing = {
  '@id': string;
};
export type GestructureerdeIdentificator = {
  '@id'?: string;
  '@type': 'GestructureerdeIdentificator' | ['GestructureerdeIdentificator'];
  lokaleIdentificator: string;
  naamruimte: string;
  versieIdentificator?: string;
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
/**
 * Waarde uit een codelijst.
 */
export type Concept = {
  '@id': string;
  '@type'?: 'Concept' | ['Concept'];
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
export type Vestiging = {
  '@id'?: string;
  '@type': 'Vestiging' | ['Vestiging'];
  vestigingsAdres?: Contactpunt;
};
/**
 * Welke vereniging heeft deze vCode?
 */
export type VerenigingOpvragen = {
  '@context': string;
  '@id'?: string;
  '@type': 'Verenigingsvraag' | ['Verenigingsvraag'];
  /**
   * @minItems 1
   * @maxItems 1
   */
  identificator: [VCode];
};
/**
 * V gevolgd door zeven of acht cijfers.
 */
export type VCode = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
