import type { Message } from '#kit/message.js';
import { Failure } from '#kit/failure.js';
import { given, xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import { cutText, oneLine, wordsOf } from '#kit/text.js';
import type { DossierStatusGewijzigd } from '#oslo/generated/dossier.js';
import type { Vraag } from './envelope.js';
import type { MagdaSettings } from './settings.js';
import { vraagOf } from './vraag.js';

type Deelnemer = DossierStatusGewijzigd['heeftDeelnemer'][number];
type Status = DossierStatusGewijzigd['heeftStatus'][number];

/** A file by which DOSIS knows it: `Identificatie` of the Dossier-02.00. */
interface DossierIdentificatie {
  readonly bron: string;
  readonly dossiernummer: string;
}

export interface DossierVraag {
  readonly identificatie: DossierIdentificatie;
  readonly vraag: Vraag;
}

/** Generiek-02.00, Tekst2_0Type. */
const longestText = 255;

const line = (text: string): string => cutText(oneLine(text), longestText);

/** The last part of the IRI of a concept is the word that DOSIS knows, unless the settings say another. */
const wordOf = (iri: string, words: Readonly<Record<string, string>>): string =>
  new Map(Object.entries(words)).get(iri) ?? line(iri.split(/[/#]/).at(-1) ?? iri);

export const identificatieMarkup = ({ bron, dossiernummer }: DossierIdentificatie): Markup => xml`
  <Identificatie><Bron>${bron}</Bron><Dossiernummer>${dossiernummer}</Dossiernummer></Identificatie>`;

/** DossierStatusType; what has to be done by when stands in the zone of Brussels, as all times of MAGDA. */
const statusMarkup = (status: Status, { dossierWoorden }: MagdaSettings): Markup => {
  const words = line(wordsOf(status.beschrijving));
  const actie = status.actie === undefined ? undefined : line(status.actie);
  return xml`
    <Status>
      <Code>${wordOf(status.statusVlaamsCode['@id'], dossierWoorden)}</Code>
      <Fase>${wordOf(status.statusVlaamsFase['@id'], dossierWoorden)}</Fase>
      ${given(words === '' ? undefined : words, (one) => xml`<Details><Detail>${one}</Detail></Details>`)}
      <DatumModificatie>${status.statusWijzigingsdatum}</DatumModificatie>
      ${given(
        status.actieNodig,
        (nodig) => xml`
        <Actie>
          <ActieNodig>${nodig ? '1' : '0'}</ActieNodig>
          ${given(actie === '' ? undefined : actie, (one) => xml`<Omschrijving>${one}</Omschrijving>`)}
        </Actie>`,
      )}
      ${given(status.streefdatum, (dag) => xml`<StreefDatum>${dag}T00:00:00</StreefDatum>`)}
    </Status>`;
};

/** ProductNummerType is an xsd:short. */
const mostProduct = 32_767;

/** Numbers of the IPDC at the end of their IRI; DOSIS knows no other products. */
const productenMarkup = (
  producten: DossierStatusGewijzigd['isInstantieVan'],
): Markup | undefined => {
  const numbers = (producten ?? [])
    .map((one) => Number(/(\d{1,5})\/?$/.exec(one['@id'])?.[1] ?? NaN))
    .filter((number) => number <= mostProduct);
  if (numbers.length === 0) return undefined;
  return xml`<Producten>${numbers.map((one) => xml`<Product>${one}</Product>`)}</Producten>`;
};

/** Who may see it: repertorium-02.01, SubjectType. An association has no place there. */
const subjectMarkup = ({ isRolspecialisatieVan: wie }: Deelnemer, index: number): Markup => {
  if (!('registratie' in wie))
    throw new Failure(
      'reject',
      'RegistreerDossier knows persons and enterprises, no associations',
      {
        code: 'unsupported',
        pointer: `/data/heeftDeelnemer/${index}/isRolspecialisatieVan`,
      },
    );
  const isOrganisatie = [wie['@type']].flat().some((one) => one === 'GeregistreerdeOrganisatie');
  return xml`
    <Subject>
      <Rol>Raadpleger</Rol>
      <Type>${isOrganisatie ? 'OND' : 'PERS'}</Type>
      <Sleutel>${wie.registratie.identificator}</Sleutel>
    </Subject>`;
};

const bronOf = ({ dossierBron }: MagdaSettings): string => {
  if (dossierBron !== undefined) return dossierBron;
  throw new Failure('reject', 'The settings of MAGDA name no source of files: dossierBron', {
    code: 'unsupported',
  });
};

/** RegistreerDossier-02.00, DossierType. */
export const toRegistreerDossier = (
  message: Message<DossierStatusGewijzigd>,
  settings: MagdaSettings,
): DossierVraag => {
  const { identificator, naam, heeftStatus, heeftDeelnemer, ...rest } = message.data;
  const [status] = heeftStatus;
  const [nummer] = identificator;
  const identificatie = {
    bron: bronOf(settings),
    dossiernummer: nummer.identificator,
  };
  const inhoud = xml`
    <Dossier>
      ${identificatieMarkup(identificatie)}
      <Naam>${line(naam)}</Naam>
      <DatumModificatie>${status.statusWijzigingsdatum}</DatumModificatie>
      ${statusMarkup(status, settings)}
      <Type>${settings.dossierType}</Type>
      ${productenMarkup(rest.isInstantieVan)}
      ${given(rest.webpagina, (one) => xml`<Doorverwijzing>${one}</Doorverwijzing>`)}
      <Subjecten>${heeftDeelnemer.map(subjectMarkup)}</Subjecten>
    </Dossier>`;
  return { identificatie, vraag: vraagOf(message, settings, inhoud) };
};
