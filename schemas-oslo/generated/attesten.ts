// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Attesten = AttestenOpgevraagd | AttestenOpvragen;

/**
 * De attesten van de persoon; een lege lijst wanneer er geen zijn.
 */
export type AttestenOpgevraagd = {
  '@context': string;
  '@id'?: string;
  '@type': 'Attestenlijst' | ['Attestenlijst'];
  attest: Attest[];
};
/**
 * Een attest in één taal.
 */
export type Attest = {
  '@id'?: string;
  '@type': 'Attest' | ['Attest'];
  /**
   * @minItems 1
   * @maxItems 1
   */
  identificator: [Nummer];
  /**
   * ISO 639-1.
   */
  taal: string;
  titel: string;
  beschrijving?: string;
  uitgegevenOp?: string;
  geldigTot?: string;
  webpagina?: string;
};
/**
 * Het nummer waaronder de uitgever het attest kent; nooit een nummer van een persoon.
 */
export type Nummer = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
/**
 * Welke attesten zijn er van de persoon met dit rijksregisternummer of BIS-nummer?
 */
export type AttestenOpvragen = {
  '@context': string;
  '@id'?: string;
  '@type': 'Attestenvraag' | ['Attestenvraag'];
  registratie: Inschrijving;
};
/**
 * Rijksregisternummer of BIS-nummer: elf cijfers met geldig controlegetal.
 */
export type Inschrijving = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
