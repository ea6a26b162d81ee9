/** Phases of a dossier, StatusVlaamseFase; `Beroep` stands in the codes of DOSIS only. */
export const phases = [
  'Samenstelling',
  'Behandeling',
  'Beslissing',
  'Beroep',
  'Uitvoering',
  'Afgerond',
] as const;

/** Which pairs of code and phase DOSIS expects is not published: these follow the definitions of StatusVlaamseCode and StatusVlaamseFase. */
export const defaultStatuses: Record<string, { code: string; fase: string }> = {
  Ingediend: { code: 'Ingediend', fase: 'Samenstelling' },
  Heringediend: { code: 'Ingediend', fase: 'Samenstelling' },
  'Toegewezen aan': { code: 'InBehandeling', fase: 'Behandeling' },
  'In onderzoek': { code: 'InBehandeling', fase: 'Behandeling' },
  Opgelost: { code: 'Uitgevoerd', fase: 'Afgerond' },
  Afgerond: { code: 'Uitgevoerd', fase: 'Afgerond' },
  Afgewezen: { code: 'Geweigerd', fase: 'Afgerond' },
  Onontvankelijk: { code: 'OnOntvankelijk', fase: 'Afgerond' },
  Gesloten: { code: 'Stopgezet', fase: 'Afgerond' },
  'Definitief gesloten': { code: 'Beslist', fase: 'Afgerond' },
  Ingetrokken: { code: 'Stopgezet', fase: 'Afgerond' },
};

/** Where the published list and DOSIS have another word for the same. */
export const codeSpellings: Record<string, string> = {
  Onontvankelijk: 'OnOntvankelijk',
  ErkendOfVergund: 'ErkendVergund',
  InVerwerking: 'InBehandeling',
  Ontvangen: 'Ingediend',
};
