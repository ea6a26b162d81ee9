import { xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import { childOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { geefResultaatRegistratie, registreerDossier } from '../diensten.js';
import type { Dienst } from '../diensten.js';
import type { Bevraging, Dienstverlening } from './bevraging.js';
import type { Omgeving } from './state.js';
import { uitzonderingen } from './uitzonderingen.js';

/** A file at DOSIS: what was last sent, and what came of what was processed last. */
export interface Dossier {
  readonly inhoud: string;
  /** How often one has to ask before it is processed; null once it is. */
  readonly looksLeft: number | null;
  readonly verwerkt: string | null;
  readonly fouten: readonly string[];
}

/** DOSIS takes its time: whoever asks at once hears nothing of it. */
const looksBefore = 1;

/** Phases of DOSIS; its status codes are many, and are not looked at here. */
const fasen = new Set([
  'Samenstelling',
  'Behandeling',
  'Beslissing',
  'Beroep',
  'Uitvoering',
  'Afgerond',
]);

export const bronOf = (identificatie: string): string => `urn://${identificatie}/dossiers`;

const keyOf = (element: XmlElement | undefined): string =>
  `${textOf(element, 'Identificatie', 'Bron') ?? ''}|${textOf(element, 'Identificatie', 'Dossiernummer') ?? ''}`;

const isOwn = ({ identificatie }: Omgeving, element: XmlElement | undefined): boolean =>
  textOf(element, 'Identificatie', 'Bron') === bronOf(identificatie);

/** What is wrong with a file, as only DOSIS itself sees it. */
const foutenIn = (dossier: XmlElement | undefined): string[] => {
  const fase = textOf(dossier, 'Status', 'Fase') ?? '';
  return fasen.has(fase) ? [] : [`Fase ${fase} is niet gekend`];
};

const resultaat = (isDone: boolean): Markup =>
  xml`<Resultaat Beschrijving="${isDone ? 'OK' : 'Niet OK'}">${isDone ? '1' : '0'}</Resultaat>`;

const registreer: Dienstverlening = (omgeving: Omgeving, { inhoud }: Bevraging) => {
  const element = childOf(inhoud, 'Dossier');
  if (!isOwn(omgeving, element)) return { uitzonderingen: [uitzonderingen.autorisatie] };
  const key = keyOf(element);
  const former = omgeving.dossiers.get(key);
  const content = JSON.stringify(element);
  if (former?.inhoud !== content)
    omgeving.effects.push(`dossier ${textOf(element, 'Identificatie', 'Dossiernummer') ?? ''}`);
  omgeving.dossiers.set(key, {
    inhoud: content,
    looksLeft: looksBefore,
    verwerkt: former?.verwerkt ?? null,
    fouten: foutenIn(element),
  });
  return { inhoud: resultaat(true) };
};

/** Two are never processed at the same moment. */
const later = ({ tools }: Omgeving, former: string | null): string => {
  const now = tools.now().getTime();
  return new Date(former === null ? now : Math.max(now, Date.parse(former) + 1)).toISOString();
};

/** Time goes on between two looks. */
const proceed = (omgeving: Omgeving, dossier: Dossier): Dossier => {
  if (dossier.looksLeft === null) return dossier;
  if (dossier.looksLeft > 0) return { ...dossier, looksLeft: dossier.looksLeft - 1 };
  return { ...dossier, looksLeft: null, verwerkt: later(omgeving, dossier.verwerkt) };
};

const geefResultaat: Dienstverlening = (omgeving: Omgeving, { inhoud }: Bevraging) => {
  if (!isOwn(omgeving, inhoud)) return { uitzonderingen: [uitzonderingen.autorisatie] };
  const known = omgeving.dossiers.get(keyOf(inhoud));
  const dossier = known && proceed(omgeving, known);
  if (!dossier) return { uitzonderingen: [uitzonderingen.nietGevonden] };
  omgeving.dossiers.set(keyOf(inhoud), dossier);
  if (dossier.verwerkt === null) return { uitzonderingen: [uitzonderingen.nietGevonden] };
  const { fouten, verwerkt } = dossier;
  const list = fouten.map((one) => xml`<Fout><Omschrijving>${one}</Omschrijving></Fout>`);
  return {
    inhoud: xml`
      <ResultaatRegistratie>
        ${resultaat(fouten.length === 0)}
        <TijdstipVerwerking>${verwerkt}</TijdstipVerwerking>
        ${fouten.length > 0 ? xml`<Fouten>${list}</Fouten>` : null}
      </ResultaatRegistratie>`,
  };
};

/** DOSIS behind MAGDA: it takes a file at once and looks at it afterwards. */
export const dossierDiensten: readonly (readonly [Dienst, Dienstverlening])[] = [
  [registreerDossier, registreer],
  [geefResultaatRegistratie, geefResultaat],
];
