interface Meldingstype {
  /** Last part of its IRI at every demo tenant. */
  readonly id: string;
  readonly name: { readonly nl: string; readonly fr: string };
  readonly topdesk: { readonly category: string; readonly subcategory: string };
}

const topdesk = (category: string, subcategory: string) => ({ category, subcategory });

/** What a resident of a demo tenant chooses from, and where TOPdesk files it. */
export const meldingstypes: readonly Meldingstype[] = [
  {
    id: 'wegdek',
    name: { nl: 'Wegdek', fr: 'Chaussée' },
    topdesk: topdesk('Openbaar domein', 'Wegdek'),
  },
  {
    id: 'fietspad',
    name: { nl: 'Fietspad', fr: 'Piste cyclable' },
    topdesk: topdesk('Openbaar domein', 'Wegdek'),
  },
  {
    id: 'voetpad',
    name: { nl: 'Voetpad', fr: 'Trottoir' },
    topdesk: topdesk('Openbaar domein', 'Voetpad'),
  },
  {
    id: 'straatverlichting',
    name: { nl: 'Straatverlichting', fr: 'Éclairage public' },
    topdesk: topdesk('Openbaar domein', 'Verlichting'),
  },
  {
    id: 'sluikstort',
    name: { nl: 'Sluikstort', fr: 'Dépôt clandestin' },
    topdesk: topdesk('Netheid', 'Sluikstort'),
  },
  {
    id: 'zwerfvuil',
    name: { nl: 'Zwerfvuil', fr: 'Déchets sauvages' },
    topdesk: topdesk('Netheid', 'Vuilnisbak'),
  },
  { id: 'boom', name: { nl: 'Boom', fr: 'Arbre' }, topdesk: topdesk('Groen', 'Boom') },
  { id: 'groen', name: { nl: 'Groen', fr: 'Espaces verts' }, topdesk: topdesk('Groen', 'Andere') },
];

/** IRI of a meldingstype at a demo tenant. */
export const meldingstypeIri = (tenant: string, id: string): string =>
  `https://data.${tenant}.example/id/concept/Meldingstype/${id}`;
