import type { TimedStatus } from '#kit/status-order.js';

/** Whoever may see a dossier, by number of person (INSZ), enterprise (KBO) or association (vCode). */
export interface Agent {
  readonly Identificatie: string;
  readonly Toegangsrechten: readonly { readonly Code: string }[];
}

export interface Beheerder {
  readonly Naam: string;
  readonly Dienst?: string;
  readonly Telefoon?: string;
  readonly Email?: string;
  readonly Website?: string;
  readonly Adres?: Readonly<Partial<Record<'Straat' | 'Nummer' | 'Postcode' | 'Gemeente', string>>>;
}

/** What stays the same of a dossier while its status changes: what is kept of a melding. */
export interface Facts {
  readonly Identificatie: { readonly Bron: string; readonly DossierNummer: string };
  readonly Naam: string;
  readonly Doorverwijzing?: string;
  readonly Producten?: readonly { readonly Id: string }[];
  readonly DossierBeheerder?: Beheerder;
  readonly Agenten: readonly Agent[];
}

/** What a message says anew of a dossier, and what the settings say now. */
export interface News {
  readonly TypeDossierCode: string;
  /** RFC 3339. */
  readonly WijzigingsDatum: string;
  readonly Status: {
    readonly VlaamsCode: string;
    readonly VlaamsFase: string;
    readonly Detail1?: string;
    readonly Actie: { readonly ActieNodig: boolean; readonly Actie: string | null };
  };
  readonly DossierBeheerder?: Beheerder;
}

/** A dossier as DOSIS takes it, without its upload id. */
export type DosisDossier = Facts & News;

/**
 * What a message becomes. `order` says how it stands to what was told before: a `first` status and a `registration` by
 * the system that handles a melding set nothing back.
 */
export interface Push {
  /** Null where the message does not say whose dossier it is. */
  readonly facts: Facts | null;
  /** Under which the last status is remembered while nobody knows whose melding it is; null where that is always said. */
  readonly unnamed: string | null;
  readonly news: News;
  readonly told: TimedStatus;
  readonly order: 'first' | 'registration' | 'melding' | 'dossier';
  readonly removes: boolean;
  readonly notifies: boolean;
  /** Null where every message says itself whose dossier it is. */
  readonly keepDays: number | null;
}
