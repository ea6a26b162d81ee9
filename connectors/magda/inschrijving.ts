import { Failure } from '#kit/failure.js';
import { textOf } from '#kit/soap/xml.js';
import { xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import { asksInscription } from './antwoord.js';
import type { Antwoord } from './antwoord.js';
import type { Asking, Magda } from './client.js';
import { dienstNaam, registreerInschrijving } from './diensten.js';
import type { Dienst } from './diensten.js';
import { tijdstip } from './envelope.js';
import type { Afzender, Vraag } from './envelope.js';

/** A question about a person, who has to be inscribed before anything is told of him. */
export interface PersonQuestion {
  readonly insz: string;
  readonly vraag: Vraag;
}

const dayMs = 86_400_000;

/** Repertorium-02.01, BetrokkenSubjectType. */
const subject = (insz: string): Markup => xml`
  <BetrokkenSubject>
    <Type>PERS</Type>
    <Subjecten><Subject><Type>PERS</Type><Sleutel>${insz}</Sleutel></Subject></Subjecten>
  </BetrokkenSubject>`;

const sender = ({ identificatie, hoedanigheid }: Afzender): Markup => xml`
  <Identificatie>${identificatie}</Identificatie>
  <Hoedanigheid>${hoedanigheid}</Hoedanigheid>`;

/** The answer is 1 where it was done; 0 comes without an exception that says why. */
const mustHaveSucceeded = (dienst: Dienst, { inhoud }: Antwoord): void => {
  if (textOf(inhoud, 'Resultaat') === '1') return;
  throw new Failure(
    'reject',
    `MAGDA did not carry out ${dienstNaam(dienst)}, and does not say why`,
    {
      code: 'conflict',
    },
  );
};

/** Inscribes a person for as long as the settings say; to do it again does nothing. */
const inscribe = async (
  magda: Magda,
  { insz, vraag }: PersonQuestion,
  asking: Asking,
): Promise<void> => {
  const now = new Date();
  const end = new Date(now.getTime() + magda.settings.inschrijvingDagen * dayMs);
  const { markup } = xml`
    <Inschrijving>
      ${sender(vraag.afzender)}
      ${subject(insz)}
      <Periode><Begin>${tijdstip(now).datum}</Begin><Einde>${tijdstip(end).datum}</Einde></Periode>
    </Inschrijving>`;
  const answer = await magda.ask(registreerInschrijving, { ...vraag, inhoud: markup }, asking);
  mustHaveSucceeded(registreerInschrijving, answer);
};

/** Asks; where MAGDA says that the person is not inscribed, inscribes him and asks once more. */
export const askInscribed = async (
  magda: Magda,
  dienst: Dienst,
  { insz, vraag }: PersonQuestion,
  { messageId, signal }: { readonly messageId: string; readonly signal: AbortSignal },
): Promise<Antwoord> => {
  const asking = { referte: messageId, signal };
  try {
    return await magda.ask(dienst, vraag, asking);
  } catch (failure) {
    if (!magda.settings.inschrijven || !asksInscription(failure)) throw failure;
    await inscribe(magda, { insz, vraag }, asking);
    return magda.ask(dienst, vraag, asking);
  }
};
