import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { scrub } from '#kit/scrub.js';
import { childOf, childrenOf, textOf } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import type { Asking, Magda } from './client.js';
import { dienstNaam, geefResultaatRegistratie, registreerDossier } from './diensten.js';
import { identificatieMarkup } from './dossier.js';
import type { DossierVraag } from './dossier.js';

/** What DOSIS says of the last registration of a file that it has processed (ResultaatRegistratieType of Dossier-02.00). */
interface Resultaat {
  readonly goed: boolean;
  /** When it was processed; undefined where DOSIS does not say. */
  readonly verwerkt: string | undefined;
  readonly fouten: readonly string[];
}

/** DOSIS works through what it gets by itself; how often it is asked how that went. */
const askAgainMs = 15_000;

const resultaatIn = (inhoud: XmlElement): Resultaat | null => {
  const resultaat = childOf(inhoud, 'ResultaatRegistratie');
  if (!resultaat) return null;
  return {
    goed: textOf(resultaat, 'Resultaat') === '1',
    verwerkt: textOf(resultaat, 'TijdstipVerwerking'),
    fouten: childrenOf(childOf(resultaat, 'Fouten'), 'Fout').flatMap(
      (one) => textOf(one, 'Omschrijving') ?? [],
    ),
  };
};

/** GeefResultaatRegistratie-02.00; null where nothing of this file has been processed yet. */
const lastResultaat = async (
  magda: Magda,
  { identificatie, vraag }: DossierVraag,
  asking: Asking,
): Promise<Resultaat | null> => {
  const { markup } = identificatieMarkup(identificatie);
  try {
    const { inhoud } = await magda.ask(
      geefResultaatRegistratie,
      { ...vraag, inhoud: markup },
      asking,
    );
    return resultaatIn(inhoud);
  } catch (failure) {
    if (failure instanceof Failure && failure.code === 'not-found') return null;
    throw failure;
  }
};

/** Stands for "nothing was processed before" in what the next attempt asks by. */
const none = 'none';

const momentOf = (resultaat: Resultaat | null): string => resultaat?.verwerkt ?? none;

const inProgress = (former: string): Failure =>
  new Failure('retry', 'MAGDA has taken the file; DOSIS has not processed it yet', {
    code: 'in-progress',
    taken: former,
    retryAfterMs: askAgainMs,
  });

/** A result of another moment than the last one before is ours: files of one subject are registered one after the other. */
const ended = (resultaat: Resultaat | null, former: string): Resultaat => {
  if (!resultaat) throw inProgress(former);
  if (resultaat.verwerkt === former) throw inProgress(former);
  if (resultaat.goed) return resultaat;
  const why = resultaat.fouten.length === 0 ? 'it does not say why' : resultaat.fouten.join('; ');
  throw new Failure('reject', scrub(`DOSIS did not take the file: ${why}`), { code: 'invalid' });
};

/**
 * Registers the file and asks how that went, in two attempts: DOSIS only checks it afterwards, and its result names neither
 * our reference nor the request, only the moment.
 */
export const registerDossier = async (
  magda: Magda,
  request: DossierVraag,
  { messageId, taken, signal }: SendContext,
): Promise<Resultaat> => {
  const asking = { referte: messageId, signal };
  const resultaat = await lastResultaat(magda, request, asking);
  if (taken !== undefined) return ended(resultaat, taken);
  const { inhoud } = await magda.ask(registreerDossier, request.vraag, asking);
  if (textOf(inhoud, 'Resultaat') !== '1')
    throw new Failure('reject', `MAGDA did not carry out ${dienstNaam(registreerDossier)}`, {
      code: 'invalid',
    });
  throw inProgress(momentOf(resultaat));
};
