import type { Uitzondering } from '../errors.js';

const fout = (identificatie: string, diagnose: string, oorsprong = 'MAGDA'): Uitzondering => ({
  identificatie,
  oorsprong,
  type: 'FOUT',
  diagnose,
  annotaties: {},
});

/** Exceptions as MAGDA words them. */
export const uitzonderingen = {
  nietIngeschreven: fout('13202', 'Gegevens niet opvraagbaar geen persoonsdossier geregistreerd'),
  ongeldigInsz: fout('20002', 'INSZ in de vraag heeft een ongeldige structuur'),
  nietGevonden: fout('30001', 'Geen gegevens gevonden voor de vraag', 'RR'),
  geannuleerd: fout('30002', 'INSZ is geannuleerd', 'RR'),
  ontvangstreferte: fout('30014', 'Ongeldige ontvangstreferte'),
  wachtrijLeeg: fout('30016', 'Geen verdere gegevens beschikbaar'),
  autorisatie: fout('40006', 'Fout in autorisatie'),
  straatcode: fout('48074', 'Adres: Ongeldige straatcode', 'RR'),
  teVeel: fout('99996', 'Te veel gelijktijdige bevragingen'),
  bronWeg: fout('99994', 'Onverwachte fout bij de bron'),
  geenOnderneming: {
    ...fout('40046', 'Gevraagde ondernemingsnummer bestaat niet in KBO'),
    type: 'INFORMATIE',
  },
} as const satisfies Record<string, Uitzondering>;

/** The person has another number since. */
export const nieuwInsz = (oud: string, nieuw: string): Uitzondering => ({
  ...fout('30004', 'Persoon heeft een nieuw INSZ verkregen'),
  type: 'WAARSCHUWING',
  annotaties: { 'Oud INSZ': oud, 'Nieuw INSZ': nieuw },
});
