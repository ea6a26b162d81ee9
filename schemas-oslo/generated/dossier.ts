// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Dossier = DossierStatusGewijzigd;
/**
 * Een organisatie, beschreven of als verwijzing.
 */
export type OrganisatieOfVerwijzing = GeregistreerdeOrganisatie | Organisatie | Verwijzing;
/**
 * Eén regel in één taal; gewone tekst is Nederlands.
 */
export type Taalregel = RegelInTaal | string;
/**
 * Tekst in één taal; gewone tekst is Nederlands.
 */
export type Taaltekst = TekstInTaal | string;
/**
 * Een persoon, onderneming of vereniging die bij zijn nummer genoemd is.
 */
export type Raadpleger = GeregistreerdPersoon | RaadplegendeOrganisatie | RaadplegendeVereniging;

/**
 * De nieuwe status van een dossier, en wie het mag zien.
 */
export type DossierStatusGewijzigd = {
  '@context': string;
  '@id'?: string;
  '@type': 'Dossier' | ['Dossier'];
  /**
   * Het eerste is het dossiernummer.
   *
   * @minItems 1
   */
  identificator: [Dossiernummer, ...Dossiernummer[]];
  naam: string;
  isNeerslagVan?: Verwijzing;
  /**
   * Producten van de IPDC waarover het dossier gaat.
   */
  isInstantieVan?: Verwijzing[];
  wordtUitgevoerdDoor?: OrganisatieOfVerwijzing;
  webpagina?: string;
  /**
   * @minItems 1
   * @maxItems 1
   */
  heeftStatus: [Status];
  /**
   * Wie het dossier mag zien.
   *
   * @minItems 1
   */
  heeftDeelnemer: [AgentInRol, ...AgentInRol[]];
};
/**
 * Het nummer van het dossier bij wie het behandelt. Geen nummer van een persoon.
 */
export type Dossiernummer = {
  '@id'?: string;
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
  toegekendDoor?: Verwijzing;
  toegekendDoorString?: string;
  toegekendOp?: string;
};
/**
 * Verwijst naar iets dat elders beschreven is.
 */
export type Verwijzing = {
  '@id': string;
};
export type GeregistreerdeOrganisatie = {
  '@id'?: string;
  '@type':
    | ('GeregistreerdeOrganisatie' | 'PubliekeOrganisatie' | 'Organisatie' | 'Agent')[]
    | ('GeregistreerdeOrganisatie' | 'PubliekeOrganisatie' | 'Organisatie' | 'Agent');
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
  registratie?: Identificator;
  wettelijkeNaam?: Taalregel;
  rechtsvorm?: Concept;
  rechtstoestand?: Concept;
  rechtspersoonlijkheid?: Concept;
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
export type Identificator = {
  '@id'?: string;
  '@type': 'Identificator' | ['Identificator'];
  identificator?: string;
  toegekendDoor?: Verwijzing;
  toegekendDoorString?: string;
  toegekendOp?: string;
  gestructureerdeIdentificator?: GestructureerdeIdentificator;
};
export type GestructureerdeIdentificator = {
  '@id'?: string;
  '@type': 'GestructureerdeIdentificator' | ['GestructureerdeIdentificator'];
  lokaleIdentificator: string;
  naamruimte: string;
  versieIdentificator?: string;
};
export type Organisatie = {
  '@id'?: string;
  '@type':
    | ('Organisatie' | 'PubliekeOrganisatie' | 'Agent')[]
    | ('Organisatie' | 'PubliekeOrganisatie' | 'Agent');
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
};
/**
 * De status, met de code en de fase die op Vlaams niveau afgesproken zijn.
 */
export type Status = {
  '@id'?: string;
  '@type': 'Status' | ['Status'];
  statusVlaamsCode: Concept;
  statusVlaamsFase: Concept;
  statusWijzigingsdatum: string;
  beschrijving?: Taalregel;
  /**
   * Of de burger of onderneming iets moet doen.
   */
  actieNodig?: boolean;
  actie?: string;
  streefdatum?: string;
};
/**
 * Wie het dossier mag zien.
 */
export type AgentInRol = {
  '@id'?: string;
  '@type': 'AgentInRol' | ['AgentInRol'];
  isRolspecialisatieVan: Raadpleger;
  rol?: Concept;
};
/**
 * Een persoon die met een rijksregisternummer of BIS-nummer bekend is. Het nummer staat alleen in registratie, nooit in @id.
 */
export type GeregistreerdPersoon = {
  '@id'?: string;
  '@type': ('GeregistreerdPersoon' | 'Agent')[] | ('GeregistreerdPersoon' | 'Agent');
  registratie: Inschrijving;
  voornaam?: string[];
  achternaam?: string;
  volledigeNaam?: string;
  gebruikteVoornaam?: string;
  alternatieveNaam?: string[];
  contactinfo?: Contactpunt[];
};
/**
 * Rijksregisternummer of BIS-nummer: elf cijfers met geldig controlegetal.
 */
export type Inschrijving = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
export type RaadplegendeOrganisatie = {
  '@id'?: string;
  '@type': 'GeregistreerdeOrganisatie' | ['GeregistreerdeOrganisatie'];
  registratie: Ondernemingsnummer;
  wettelijkeNaam?: Taalregel;
};
/**
 * Ondernemingsnummer: tien cijfers, zonder punten, met geldig controlegetal.
 */
export type Ondernemingsnummer = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
export type RaadplegendeVereniging = {
  '@id'?: string;
  '@type': 'FeitelijkeVereniging' | ['FeitelijkeVereniging'];
  /**
   * @minItems 1
   * @maxItems 1
   */
  identificator: [VCode];
  voorkeursnaam?: Taalregel;
};
/**
 * V gevolgd door zeven of acht cijfers.
 */
export type VCode = {
  '@type': 'Identificator' | ['Identificator'];
  identificator: string;
};
