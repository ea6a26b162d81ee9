import { Failure } from '#kit/failure.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { dienstNaam } from './diensten.js';
import type { Dienst } from './diensten.js';
import { failureOfUitzondering, isFailure, notInscribed } from './errors.js';
import type { Uitzondering } from './errors.js';

/** What MAGDA answered to one question. */
export interface Antwoord {
  readonly inhoud: XmlElement;
  /** Warnings and information that came along: the answer stands, but may have to be read otherwise. */
  readonly uitzonderingen: readonly Uitzondering[];
}

const annotatiesOf = (element: XmlElement): Record<string, string> =>
  Object.fromEntries(
    childrenOf(childOf(element, 'Annotaties'), 'Annotatie').map((one) => [
      textOf(one, 'Naam') ?? '',
      textOf(one, 'Waarde') ?? '',
    ]),
  );

/** An exception of unknown type counts as an error. */
const typeOf = (text: string | undefined): Uitzondering['type'] =>
  text === 'WAARSCHUWING' || text === 'INFORMATIE' ? text : 'FOUT';

const uitzonderingenIn = (element: XmlElement | undefined): Uitzondering[] =>
  childrenOf(childOf(element, 'Uitzonderingen'), 'Uitzondering').map((one) => ({
    identificatie: textOf(one, 'Identificatie') ?? '',
    oorsprong: textOf(one, 'Oorsprong') ?? '',
    type: typeOf(textOf(one, 'Type')),
    diagnose: textOf(one, 'Diagnose') ?? '',
    annotaties: annotatiesOf(one),
  }));

const unusable = (dienst: Dienst, why: string): Failure =>
  new Failure('retry', `MAGDA answered ${dienstNaam(dienst)} ${why}`, { code: 'unavailable' });

/** True where the failure says that the person has to be inscribed first. */
export const asksInscription = (failure: unknown): boolean =>
  failure instanceof Failure && notInscribed.has(failure.externalCode ?? '');

/**
 * Looks at both levels of errors in a Repliek; throws the `Failure` of the first that counts. Some services answer with neither
 * data nor an exception where they have nothing: that is not found, too.
 */
export const antwoordIn = (dienst: Dienst, response: XmlElement, referte: string): Antwoord => {
  const repliek = childOf(response, 'Repliek');
  const antwoord = childOf(repliek, 'Antwoorden', 'Antwoord');
  const uitzonderingen = [...uitzonderingenIn(repliek), ...uitzonderingenIn(antwoord)];
  const failing = uitzonderingen.find(isFailure);
  if (failing) throw failureOfUitzondering(dienstNaam(dienst), failing);
  if (!antwoord) throw unusable(dienst, 'without an answer in it');
  if (textOf(antwoord, 'Referte') !== referte)
    throw unusable(dienst, 'with the answer to another question');
  const inhoud = childOf(antwoord, 'Inhoud');
  if (!inhoud)
    throw new Failure(
      'reject',
      `MAGDA answered ${dienstNaam(dienst)} with an answer that is empty`,
      {
        code: 'not-found',
      },
    );
  return { inhoud, uitzonderingen };
};
