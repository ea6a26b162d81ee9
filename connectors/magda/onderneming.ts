import type { Derived, Message } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { oneLine } from '#kit/text.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { xml } from '#kit/soap/template.js';
import type { OrganisatieOpgevraagd, OrganisatieOpvragen } from '#oslo/generated/organisatie.js';
import { organisatieContext, organisatieOpgevraagd } from '#oslo/organisatie/types.js';
import type { Magda } from './client.js';
import { conceptOf } from './concepten.js';
import { geefOnderneming, geefOndernemingVkbo } from './diensten.js';
import type { Dienst } from './diensten.js';
import type { Vraag } from './envelope.js';
import { filled } from './persoonsgegevens.js';
import type { MagdaSettings } from './settings.js';
import { vraagOf } from './vraag.js';

export interface OrganisationQuestion {
  readonly dienst: MagdaSettings['onderneming'];
  readonly ondernemingsnummer: string;
  readonly vraag: Vraag;
}

/** CriteriaGeefOnderneming2_0Type; GeefOndernemingVKBO-02.00 only takes the number. */
export const toGeefOnderneming = (
  message: Message<OrganisatieOpvragen>,
  settings: MagdaSettings,
): OrganisationQuestion => {
  const ondernemingsnummer = message.data.registratie.identificator;
  const { onderneming: dienst } = settings;
  const number = xml`<Ondernemingsnummer>${ondernemingsnummer}</Ondernemingsnummer>`;
  const inhoud =
    dienst === 'GeefOndernemingVKBO'
      ? number
      : xml`
          <Criteria>
            ${number}
            <Basisgegevens>1</Basisgegevens>
            <Omschrijvingen><Aanduiding>1</Aanduiding></Omschrijvingen>
          </Criteria>
          <Taal>nl</Taal>`;
  return { dienst, ondernemingsnummer, vraag: vraagOf(message, settings, inhoud) };
};

export const ondernemingDienst = ({ dienst }: OrganisationQuestion): Dienst =>
  dienst === 'GeefOndernemingVKBO' ? geefOndernemingVkbo : geefOnderneming;

/** What MAGDA told of one enterprise. */
export const askOnderneming = async (
  magda: Magda,
  question: OrganisationQuestion,
  { messageId, signal }: SendContext,
): Promise<XmlElement> => {
  const asking = { referte: messageId, signal };
  const { inhoud } = await magda.ask(ondernemingDienst(question), question.vraag, asking);
  const found = childOf(inhoud, 'Onderneming');
  if (found) return found;
  throw new Failure('reject', 'MAGDA knows no such enterprise', { code: 'not-found' });
};

interface Naam {
  readonly text: string;
  readonly language: string | undefined;
}

/** In GeefOnderneming names stand in lists and hold their language, in VKBO one of each kind stands by itself. */
const namesOf = (onderneming: XmlElement, kind: string): Naam[] => {
  const namen = childOf(onderneming, 'Namen');
  const all = [
    ...childrenOf(childOf(namen, kind.replace(/Naam$/, 'Namen')), kind),
    ...childrenOf(namen, kind),
  ];
  return all
    .filter(({ attributes }) => attributes['DatumEinde'] === undefined)
    .map((one) => ({
      text: oneLine(textOf(one, 'Naam') ?? one.text).slice(0, 255),
      language: textOf(one, 'Taalcode') ?? one.attributes['TaalCode'],
    }))
    .filter(({ text }) => text !== '');
};

const languages = new Set(['nl', 'fr', 'de', 'en']);

/** Dutch needs no language; one that is not known here is left out. */
const inLanguage = ({ text, language = 'nl' }: Naam) => {
  const code = language.toLowerCase();
  return code === 'nl' || !languages.has(code) ? text : { '@value': text, '@language': code };
};

const contactOf = (contact: XmlElement | undefined) => {
  const one = filled({
    telefoon: textOf(contact, 'Telefoonnummer') ?? textOf(contact, 'GSM'),
    email: textOf(contact, 'Email'),
    website: textOf(contact, 'Website'),
  });
  return Object.keys(one).length === 0 ? [] : [{ '@type': 'Contactpunt' as const, ...one }];
};

export const fromOnderneming = (
  onderneming: XmlElement,
  message: Message<OrganisatieOpvragen>,
  { concepten }: MagdaSettings,
): Derived => {
  const [legal, ...others] = namesOf(onderneming, 'MaatschappelijkeNaam');
  const identificator = message.data.registratie.identificator;
  const status = conceptOf(concepten, 'status', textOf(onderneming, 'StatusKBO', 'Code'));
  const vorm =
    childrenOf(childOf(onderneming, 'Rechtsvormen'), 'Rechtsvorm').at(-1) ??
    childOf(onderneming, 'Rechtsvorm');
  const commercial = namesOf(onderneming, 'CommercieleNaam');
  const data: OrganisatieOpgevraagd = {
    '@context': organisatieContext,
    '@type': 'GeregistreerdeOrganisatie',
    registratie: { '@type': 'Identificator', identificator },
    wettelijkeNaam: legal ? inLanguage(legal) : identificator,
    ...filled({
      alternatieveNaam: [...others, ...namesOf(onderneming, 'AfgekorteNaam'), ...commercial].map(
        inLanguage,
      ),
      contactinfo: contactOf(childOf(onderneming, 'Contact')),
      status: status && [status],
      rechtsvorm: conceptOf(concepten, 'rechtsvorm', textOf(vorm, 'Code')),
    }),
  };
  return {
    type: organisatieOpgevraagd.type,
    id: `magda-${message.busId}`,
    time: message.time,
    data,
  };
};
