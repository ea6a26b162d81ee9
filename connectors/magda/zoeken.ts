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
import type { Antwoord } from './antwoord.js';
import type { Asking, Magda } from './client.js';
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

/** The last that `Volgende` can say: two digits. */
const lastVolgende = 99;

/** What comes after what was told: CriteriaZoekPersoonOpAdresType has it last. */
const following = (vraag: Vraag, volgende: number): Vraag => {
  const element = `<Volgende>${String(volgende).padStart(2, '0')}</Volgende>`;
  return { ...vraag, inhoud: vraag.inhoud.replace('</Criteria>', `${element}</Criteria>`) };
};

const personenIn = ({ inhoud }: Antwoord): XmlElement[] =>
  childrenOf(childOf(inhoud, 'Personen'), 'Persoon');

/** Nobody where MAGDA finds no one more. */
const personenAfter = async (magda: Magda, vraag: Vraag, asking: Asking): Promise<XmlElement[]> => {
  try {
    return personenIn(await magda.ask(zoekPersoonOpAdres, vraag, asking));
  } catch (failure) {
    if (failure instanceof Failure && failure.code === 'not-found') return [];
    throw failure;
  }
};

/**
 * Everybody at the address. The schema has `Volgende` and says neither how many one answer holds nor what is counted, and no
 * answer says that there are more: so it is asked for until it brings nobody new, which is right whatever it counts. Throws
 * where its last number still does.
 */
const everybody = async (
  magda: Magda,
  vraag: Vraag,
  asking: Asking,
): Promise<Map<string, XmlElement>> => {
  const all = new Map<string, XmlElement>();
  const add = (personen: readonly XmlElement[]): boolean => {
    const before = all.size;
    for (const one of personen) all.set(textOf(one, 'INSZ') ?? '', one);
    return all.size > before;
  };
  add(personenIn(await magda.ask(zoekPersoonOpAdres, vraag, asking)));
  if (!magda.settings.zoekVerder) return all;
  for (let volgende = 1; volgende <= lastVolgende; volgende += 1)
    if (!add(await personenAfter(magda, following(vraag, volgende), asking))) return all;
  throw new Failure('reject', 'More people live at this address than MAGDA can be asked for', {
    code: 'too-large',
  });
};

/** Whom MAGDA found, each as it tells of him. */
export const askPersonen = async (
  magda: Magda,
  { vraag }: AddressQuestion,
  { messageId, signal }: SendContext,
): Promise<XmlElement[]> => {
  const all = await everybody(magda, vraag, { referte: messageId, signal });
  const found = [...all.values()].filter(isKnown);
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
