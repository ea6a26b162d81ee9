// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

export type Melding = MeldingAangevuld | MeldingIngediend | MeldingStatusGewijzigd;
/**
 * Tekst in één taal; gewone tekst is Nederlands.
 */
export type Taaltekst = TekstInTaal | string;
/**
 * Iemand of iets dat handelt: naar klasse beschreven, of alleen een verwijzing.
 */
export type Agent =
  | GeregistreerdPersoon
  | Persoon
  | FeitelijkeVereniging
  | GeregistreerdeOrganisatie
  | Organisatie
  | AnoniemeAgent
  | Verwijzing;
/**
 * Eén regel in één taal; gewone tekst is Nederlands.
 */
export type Taalregel = RegelInTaal | string;
/**
 * Een organisatie, beschreven of als verwijzing.
 */
export type OrganisatieOfVerwijzing = GeregistreerdeOrganisatie | Organisatie | Verwijzing;

/**
 * Nieuwe tekst, bijlage of plaats bij een melding.
 */
export type MeldingAangevuld = {
  '@context': string;
  '@id'?: string;
  '@type': 'Melding' | ['Melding'];
  identificator?: Identificator[];
  titel?: string;
  samenvatting?: Taaltekst;
  /**
   * @minItems 1
   */
  meldingstype?: [Concept, ...Concept[]];
  indiener?: Agent;
  behandelaar?: Agent;
  betrokkene?: Agent[];
  heeftBody: MeldingBody[];
  heeftStatus?: Meldingstatus[];
  heeftDoelwit?: Adresvoorstelling[];
  meldingsapplicatie?: Applicatie;
  meldingsorganisatie?: OrganisatieOfVerwijzing;
  webpagina?: string;
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
export type RegelInTaal = {
  '@value': string;
  /**
   * BCP 47.
   */
  '@language': string;
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
export type Persoon = {
  '@id'?: string;
  '@type': ('Persoon' | 'Agent')[] | ('Persoon' | 'Agent');
  /**
   * @minItems 1
   */
  voornaam?: [string, ...string[]];
  achternaam?: string;
  volledigeNaam?: string;
  gebruikteVoornaam?: string;
  alternatieveNaam?: string[];
  geslacht?: Concept;
  heeftGeboorte?: Geboorte;
  contactinfo?: Contactpunt[];
  isLidVan?: Verwijzing[];
};
export type Geboorte = {
  '@id'?: string;
  '@type': 'Geboorte' | ['Geboorte'];
  datum?: string;
};
export type FeitelijkeVereniging = {
  '@id'?: string;
  '@type': ('FeitelijkeVereniging' | 'Agent')[] | ('FeitelijkeVereniging' | 'Agent');
  voorkeursnaam?: Taalregel;
  identificator?: Identificator[];
  contactinfo?: Contactpunt[];
  activiteit?: Concept[];
  heeftVestiging?: Verwijzing[];
  verantwoordelijke?: Verwijzing[];
  heeftErkenning?: Verwijzing[];
  heeftLid?: Verwijzing[];
  bankrekeningnummer?: string;
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
 * Een agent over wie niets meer gezegd wordt: een anonieme indiener of een applicatie.
 */
export type AnoniemeAgent = {
  '@id'?: string;
  '@type': ('Agent' | 'Applicatie')[] | ('Agent' | 'Applicatie');
  contactinfo?: Contactpunt[];
};
export type MeldingBody = {
  '@id'?: string;
  '@type': 'MeldingBody' | ['MeldingBody'];
  beschrijving?: Taaltekst;
  /**
   * urn:lb-bus:attachment:<uuid>, of een https-adres dat de bus nooit ophaalt.
   */
  bijlage?: string;
  geometrie?: Geometrie;
};
export type Geometrie = {
  '@id'?: string;
  '@type': 'Geometrie' | ['Geometrie'];
  /**
   * POINT, LINESTRING of POLYGON in twee coördinaten. WGS 84 (lengte breedte), of voorafgegaan door <http://www.opengis.net/def/crs/…> voor OGC/1.3/CRS84, EPSG/0/31370 (Lambert 72) of EPSG/0/3812 (Lambert 2008).
   */
  wkt: string;
  gml?: string;
};
export type Meldingstatus = {
  '@id'?: string;
  '@type': 'Meldingstatus' | ['Meldingstatus'];
  statusType: Statuswaarde;
  statusdatum: string;
  beschrijving: Taaltekst;
  statuswijzigingDoor: Agent;
};
export type Statuswaarde = {
  '@id':
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/511'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/557'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/496'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/133'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/475'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/250'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/733'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/647'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/751'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/138'
    | 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/956';
  '@type'?: 'Concept' | ['Concept'];
};
/**
 * Een applicatie, met haar klasse of als verwijzing.
 */
export type Applicatie = {
  '@id': string;
  '@type'?: 'Applicatie' | ['Applicatie'];
};
/**
 * Een melding die werd ingediend.
 */
export type MeldingIngediend = {
  '@context': string;
  '@id'?: string;
  '@type': 'Melding' | ['Melding'];
  identificator?: Identificator[];
  titel: string;
  samenvatting?: Taaltekst;
  /**
   * @minItems 1
   */
  meldingstype: [Concept, ...Concept[]];
  indiener: Agent;
  behandelaar: Agent;
  betrokkene?: Agent[];
  heeftBody: MeldingBody[];
  heeftStatus?: Meldingstatus[];
  heeftDoelwit?: Adresvoorstelling[];
  meldingsapplicatie?: Applicatie;
  meldingsorganisatie?: OrganisatieOfVerwijzing;
  webpagina?: string;
};
/**
 * De nieuwe status van een melding.
 */
export type MeldingStatusGewijzigd = {
  '@context': string;
  '@id'?: string;
  '@type': 'Melding' | ['Melding'];
  identificator?: Identificator[];
  titel?: string;
  samenvatting?: Taaltekst;
  /**
   * @minItems 1
   */
  meldingstype?: [Concept, ...Concept[]];
  indiener?: Agent;
  behandelaar?: Agent;
  betrokkene?: Agent[];
  heeftBody?: MeldingBody[];
  /**
   * @minItems 1
   * @maxItems 1
   */
  heeftStatus: [Meldingstatus];
  heeftDoelwit?: Adresvoorstelling[];
  meldingsapplicatie?: Applicatie;
  meldingsorganisatie?: OrganisatieOfVerwijzing;
  webpagina?: string;
};
