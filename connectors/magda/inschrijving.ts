import type { Message } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { textOf } from '#kit/soap/xml.js';
import { xml } from '#kit/soap/template.js';
import type { Markup } from '#kit/soap/template.js';
import { asksInscription } from './antwoord.js';
import type { Antwoord } from './antwoord.js';
import type { Asking, Magda } from './client.js';
import { dienstNaam, registreerInschrijving, registreerUitschrijving } from './diensten.js';
import type { Dienst } from './diensten.js';
import { tijdstip } from './envelope.js';
import type { Afzender, Vraag } from './envelope.js';
import type { MagdaSettings } from './settings.js';
import { vraagOf } from './vraag.js';
import type { PersoonUitschrijven } from '#oslo/generated/persoon.js';

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

/** Under what an inscription that the bus made is remembered: no number, only what stands for it. */
const memoryKey = ({ pseudonym }: Magda, insz: string, hoedanigheid: string): string =>
  `inschrijving:${pseudonym(insz)}:${hoedanigheid}`;

/** Inscribes a person for as long as the settings say, and remembers it; to do it again does nothing but make it longer. */
const inscribe = async (
  magda: Magda,
  { insz, vraag }: PersonQuestion,
  asking: Asking,
): Promise<void> => {
  const { inschrijvingDagen: days } = magda.settings;
  const now = new Date();
  const einde = tijdstip(new Date(now.getTime() + days * dayMs)).datum;
  const { markup } = xml`
    <Inschrijving>
      ${sender(vraag.afzender)}
      ${subject(insz)}
      <Periode><Begin>${tijdstip(now).datum}</Begin><Einde>${einde}</Einde></Periode>
    </Inschrijving>`;
  const answer = await magda.ask(registreerInschrijving, { ...vraag, inhoud: markup }, asking);
  mustHaveSucceeded(registreerInschrijving, answer);
  const key = memoryKey(magda, insz, vraag.afzender.hoedanigheid);
  await magda.memory.write(key, { einde }, { days });
};

type Waiting = Pick<SendContext, 'messageId' | 'signal'>;

/** Asks; where MAGDA says that the person is not inscribed, inscribes him and asks once more. */
export const askInscribed = async (
  magda: Magda,
  dienst: Dienst,
  { insz, vraag }: PersonQuestion,
  { messageId, signal }: Waiting,
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

const uitschrijving = (insz: string, afzender: Afzender): Markup => xml`
  <Uitschrijving>${sender(afzender)}${subject(insz)}</Uitschrijving>`;

/** RegistreerUitschrijving-02.01, in the capacity of the message. */
export const toUitschrijving = (
  message: Message<PersoonUitschrijven>,
  settings: MagdaSettings,
): PersonQuestion => {
  const insz = message.data.registratie.identificator;
  const vraag = vraagOf(message, settings, xml``);
  return { insz, vraag: { ...vraag, inhoud: uitschrijving(insz, vraag.afzender).markup } };
};

/** The capacities in which the bus remembers that it inscribed the person. */
const rememberedCapacities = async (magda: Magda, insz: string): Promise<string[]> => {
  const { hoedanigheid, hoedanigheden } = magda.settings;
  const all = [...new Set([hoedanigheid, ...Object.values(hoedanigheden)])];
  const known = await Promise.all(all.map((one) => magda.memory.read(memoryKey(magda, insz, one))));
  return all.filter((_one, index) => known[index] !== null);
};

/**
 * Ends every inscription of the person that the bus made and remembers, and that in the capacity of the message in any case:
 * the queue tells nothing of him any more.
 */
export const uitschrijven = async (
  magda: Magda,
  { insz, vraag }: PersonQuestion,
  { messageId, signal }: Waiting,
): Promise<void> => {
  const remembered = await rememberedCapacities(magda, insz);
  for (const hoedanigheid of new Set([vraag.afzender.hoedanigheid, ...remembered])) {
    const afzender = { ...vraag.afzender, hoedanigheid };
    const { markup: inhoud } = uitschrijving(insz, afzender);
    const asking = { referte: messageId, signal };
    const answer = await magda.ask(registreerUitschrijving, { ...vraag, afzender, inhoud }, asking);
    mustHaveSucceeded(registreerUitschrijving, answer);
    await magda.memory.forget(memoryKey(magda, insz, hoedanigheid));
  }
};
