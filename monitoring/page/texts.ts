const languages = ['nl', 'en', 'fr'] as const;

export type Language = (typeof languages)[number];

export const languageNames: Readonly<Record<Language, string>> = {
  nl: 'Nederlands',
  en: 'English',
  fr: 'Français',
};

const nl = {
  title: 'LB-bus: wat er stroomt',
  intro: 'Per bestuur en per gekoppeld systeem: wat afgeleverd is, wat wacht en wat stilstaat.',
  sandbox: 'Proeftuin: verzonnen gegevens, enkel op deze machine te zien.',
  tenant: 'Bestuur',
  target: 'Systeem',
  delivered: 'Afgeleverd (24 u)',
  accepted: 'Onderweg',
  waiting: 'Wacht',
  parked: 'Geparkeerd',
  held: 'Vastgehouden',
  off: 'uitgeschakeld',
  latest: 'Laatste berichten',
  nothing: 'Nog geen berichten.',
  message: 'Bericht',
  type: 'Soort',
  status: 'Status',
  acceptedAt: 'Aanvaard',
  back: 'Terug naar het overzicht',
  step: 'Stap',
  at: 'Tijdstip',
  duration: 'Duur',
  code: 'Code',
  detail: 'Toelichting',
  externalId: 'Nummer bij het systeem',
  conflict: 'Andere inhoud onder hetzelfde nummer',
  timeline: 'Tijdlijn',
  steps: 'Stappen',
  statuses: {
    parked: 'geparkeerd',
    held: 'vastgehouden',
    waiting: 'wacht',
    accepted: 'onderweg',
    expired: 'verlopen',
    discarded: 'weggedaan',
    delivered: 'afgeleverd',
    retry: 'opnieuw te proberen',
    rejected: 'geweigerd',
    queued: 'in de rij',
    released: 'vrijgegeven',
    acknowledged: 'opgehaald',
  } as Readonly<Record<string, string>>,
};

export type Texts = typeof nl;

const en: Texts = {
  title: 'LB-bus: what flows',
  intro:
    'Per government and per coupled system: what was delivered, what waits, what stands still.',
  sandbox: 'Sandbox: invented data, to be seen on this machine only.',
  tenant: 'Government',
  target: 'System',
  delivered: 'Delivered (24 h)',
  accepted: 'On its way',
  waiting: 'Waiting',
  parked: 'Parked',
  held: 'Held',
  off: 'switched off',
  latest: 'Latest messages',
  nothing: 'No messages yet.',
  message: 'Message',
  type: 'Type',
  status: 'Status',
  acceptedAt: 'Accepted',
  back: 'Back to the overview',
  step: 'Step',
  at: 'Moment',
  duration: 'Duration',
  code: 'Code',
  detail: 'Explanation',
  externalId: 'Number at the system',
  conflict: 'Other content under the same number',
  timeline: 'Timeline',
  steps: 'Steps',
  statuses: {
    parked: 'parked',
    held: 'held',
    waiting: 'waiting',
    accepted: 'on its way',
    expired: 'expired',
    discarded: 'discarded',
    delivered: 'delivered',
    retry: 'to be tried again',
    rejected: 'rejected',
    queued: 'queued',
    released: 'released',
    acknowledged: 'fetched',
  },
};

const fr: Texts = {
  title: 'LB-bus : ce qui circule',
  intro: 'Par administration et par système : ce qui est livré, ce qui attend, ce qui est arrêté.',
  sandbox: 'Bac à sable : données fictives, visibles sur cette machine seulement.',
  tenant: 'Administration',
  target: 'Système',
  delivered: 'Livrés (24 h)',
  accepted: 'En route',
  waiting: 'En attente',
  parked: 'Mis de côté',
  held: 'Retenus',
  off: 'désactivé',
  latest: 'Derniers messages',
  nothing: 'Pas encore de messages.',
  message: 'Message',
  type: 'Type',
  status: 'Statut',
  acceptedAt: 'Accepté',
  back: 'Retour à l’aperçu',
  step: 'Étape',
  at: 'Moment',
  duration: 'Durée',
  code: 'Code',
  detail: 'Explication',
  externalId: 'Numéro dans le système',
  conflict: 'Autre contenu sous le même numéro',
  timeline: 'Chronologie',
  steps: 'Étapes',
  statuses: {
    parked: 'mis de côté',
    held: 'retenu',
    waiting: 'en attente',
    accepted: 'en route',
    expired: 'expiré',
    discarded: 'écarté',
    delivered: 'livré',
    retry: 'à réessayer',
    rejected: 'refusé',
    queued: 'en file',
    released: 'libéré',
    acknowledged: 'retiré',
  },
};

export const textsIn: Readonly<Record<Language, Texts>> = { nl, en, fr };

const isLanguage = (text: string): text is Language =>
  (languages as readonly string[]).includes(text);

/** The language that was chosen, else the first of `Accept-Language` that there is, else Dutch. */
export const languageOf = (chosen: unknown, accepted: string | undefined): Language => {
  if (typeof chosen === 'string' && isLanguage(chosen)) return chosen;
  const wanted = (accepted ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find(isLanguage);
  return wanted ?? 'nl';
};
