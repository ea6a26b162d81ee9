// Generated from the schemas of schemas-oslo by `npm run generate`; do not edit.

/** https://data.vlaanderen.be/id/conceptscheme/MeldingStatuswaarde */
export const meldingStatuswaarde = {
  /** Ingediend */
  ingediend: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/511',
  /** Toegewezen aan */
  toegewezenAan: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/557',
  /** In onderzoek */
  inOnderzoek: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/496',
  /** Opgelost */
  opgelost: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/133',
  /** Afgewezen */
  afgewezen: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/475',
  /** Gesloten */
  gesloten: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/250',
  /** Ingetrokken */
  ingetrokken: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/733',
  /** Heringediend */
  heringediend: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/647',
  /** Onontvankelijk */
  onontvankelijk: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/751',
  /** Definitief gesloten */
  definitiefGesloten: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/138',
  /** Afgerond */
  afgerond: 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/956',
} as const;
