import type { Derived, Message } from '#kit/message.js';
import type { Renamed, SendContext } from '#kit/operation.js';
import { childOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { xml } from '#kit/soap/template.js';
import type { PersoonOpgevraagd, PersoonOpvragen } from '#oslo/generated/persoon.js';
import { isInsz } from '#oslo/numbers.js';
import { persoonContext, persoonOpgevraagd } from '#oslo/persoon/types.js';
import type { Magda } from './client.js';
import { geefPersoon } from './diensten.js';
import type { Uitzondering } from './errors.js';
import { askInscribed } from './inschrijving.js';
import type { PersonQuestion } from './inschrijving.js';
import { persoonsgegevens } from './persoonsgegevens.js';
import type { MagdaSettings } from './settings.js';
import { vraagOf } from './vraag.js';

/** GeefPersoon-02.02, CriteriaGeefPersoonType. */
export const toGeefPersoon = (
  message: Message<PersoonOpvragen>,
  settings: MagdaSettings,
): PersonQuestion => {
  const insz = message.data.registratie.identificator;
  const inhoud = xml`
    <Criteria>
      <INSZ>${insz}</INSZ>
      <OpvragingenKSZ><BasisPersoonsgegevens>1</BasisPersoonsgegevens></OpvragingenKSZ>
    </Criteria>
    <Bron>${settings.bron}</Bron>
    <Taal>nl</Taal>`;
  return { insz, vraag: vraagOf(message, settings, inhoud) };
};

/** What MAGDA told of one person. */
export interface Persoon {
  readonly element: XmlElement;
  /** The number by which the person is known now: another than asked where it was replaced. */
  readonly insz: string;
  /** Under which ids changes of the person come in, where the number was replaced. */
  readonly renamed?: Renamed;
}

const newNumber = (uitzonderingen: readonly Uitzondering[]): string | undefined =>
  uitzonderingen.find(({ identificatie }) => identificatie === '30004')?.annotaties['Nieuw INSZ'];

export const askPersoon = async (
  magda: Magda,
  question: PersonQuestion,
  context: SendContext,
): Promise<Persoon> => {
  const { inhoud, uitzonderingen } = await askInscribed(magda, geefPersoon, question, context);
  const insz =
    [newNumber(uitzonderingen), textOf(inhoud, 'Persoon', 'INSZ')].find((one) =>
      isInsz(one ?? ''),
    ) ?? question.insz;
  const renamed = insz !== question.insz && {
    renamed: { formerId: magda.pseudonym(question.insz), externalId: magda.pseudonym(insz) },
  };
  return { element: childOf(inhoud, 'Persoon') ?? inhoud, insz, ...renamed };
};

/** OSLO Persoon basis. The answer has no identity of its own: its subject is that of the question. */
export const fromPersoon = (
  { element, insz }: Persoon,
  message: Message<PersoonOpvragen>,
  { concepten }: MagdaSettings,
): Derived => {
  const data: PersoonOpgevraagd = {
    '@context': persoonContext,
    '@type': 'GeregistreerdPersoon',
    registratie: { '@type': 'Identificator', identificator: insz },
    ...persoonsgegevens(element, concepten),
  };
  return { type: persoonOpgevraagd.type, id: `magda-${message.busId}`, time: message.time, data };
};
