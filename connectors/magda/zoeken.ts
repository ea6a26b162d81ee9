import type { Derived, Message } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { given, xml } from '#kit/soap/template.js';
import type { PersonenZoeken } from '#oslo/generated/persoon.js';
import { isInsz } from '#oslo/numbers.js';
import { personenGevonden } from '#oslo/personen/types.js';
import { persoonContext } from '#oslo/persoon/types.js';
import type { Magda } from './client.js';
import { zoekPersoonOpAdres } from './diensten.js';
import type { Vraag } from './envelope.js';
import { personInList } from './persoonsgegevens.js';
import type { MagdaSettings } from './settings.js';
import { vraagOf } from './vraag.js';

/** A question about whoever lives somewhere: nobody has to be inscribed for it. */
export interface AddressQuestion {
  readonly vraag: Vraag;
}

/** ZoekPersoonOpAdres-02.02, CriteriaZoekPersoonOpAdresType. */
export const toZoekPersoonOpAdres = (
  message: Message<PersonenZoeken>,
  settings: MagdaSettings,
): AddressQuestion => {
  const { verblijfsadres, straatcode } = message.data;
  const inhoud = xml`
    <Criteria>
      <Adres>
        <PostCode>${verblijfsadres.postcode}</PostCode>
        <Straatcode>${straatcode}</Straatcode>
        <Huisnummer>${verblijfsadres.huisnummer}</Huisnummer>
        ${given(verblijfsadres.busnummer, (one) => xml`<Busnummer>${one}</Busnummer>`)}
      </Adres>
      <EnkelReferentiepersoon>0</EnkelReferentiepersoon>
    </Criteria>
    <Bron>${settings.bron}</Bron>
    <Taal>nl</Taal>`;
  return { vraag: vraagOf(message, settings, inhoud) };
};

/** Whom MAGDA found, each as it tells of him. */
export const askPersonen = async (
  magda: Magda,
  { vraag }: AddressQuestion,
  { messageId, signal }: SendContext,
): Promise<XmlElement[]> => {
  const asking = { referte: messageId, signal };
  const { inhoud } = await magda.ask(zoekPersoonOpAdres, vraag, asking);
  const found = childrenOf(childOf(inhoud, 'Personen'), 'Persoon').filter(isKnown);
  if (found.length > 0) return found;
  throw new Failure('reject', 'MAGDA knows nobody at this address', { code: 'not-found' });
};

/** Without a number that can be one, nobody can tell who is meant. */
const isKnown = (persoon: XmlElement): boolean => isInsz(textOf(persoon, 'INSZ') ?? '');

/** Numbers of those who were found: the register of questions wants to know. */
export const numbersOf = (personen: readonly XmlElement[]): string[] =>
  personen.flatMap((one) => textOf(one, 'INSZ') ?? []);

export const fromPersonen = (
  personen: readonly XmlElement[],
  message: Message<PersonenZoeken>,
  { concepten }: MagdaSettings,
): Derived => {
  const persoon = personen.map((one) => personInList(one, concepten));
  const data = { '@context': persoonContext, '@type': 'Personenlijst', persoon };
  return {
    type: personenGevonden.type,
    id: `magda-${message.busId}`,
    time: message.time,
    data,
  };
};
