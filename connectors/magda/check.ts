import { Failure } from '#kit/failure.js';
import { xml } from '#kit/soap/template.js';
import type { Magda } from './client.js';
import { geefOndernemingVkbo } from './diensten.js';
import type { MagdaSettings } from './settings.js';

/** Vlaamse Gemeenschap: what everybody may know, and no person. */
const publicNumber = '0316380841';

/** What MAGDA says to a sender, or to a capacity, that it does not admit. */
const notAdmitted: ReadonlySet<string> = new Set(['40006', '60011']);

const refused = (failure: Failure, { identificatie, hoedanigheid }: MagdaSettings): Failure =>
  new Failure(
    'pause',
    `MAGDA takes the certificate, but does not admit ${identificatie} in capacity ${hoedanigheid} to ${geefOndernemingVkbo.naam}: put identificatie and hoedanigheid right, or have MAGDA admit them. ${failure.message}`,
    { code: 'unauthorized', externalCode: failure.externalCode ?? '40006', cause: failure },
  );

/**
 * Asks for an enterprise that everybody knows. Another refusal of the question is fine: whoever refuses it has taken our
 * certificate, our signature and who we say we are.
 */
export const check = async (
  magda: Magda,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> => {
  const { identificatie, hoedanigheid } = magda.settings;
  const { markup } = xml`<Ondernemingsnummer>${publicNumber}</Ondernemingsnummer>`;
  const vraag = { afzender: { identificatie, hoedanigheid }, inhoud: markup };
  try {
    await magda.ask(geefOndernemingVkbo, vraag, { referte: crypto.randomUUID(), signal });
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.verdict !== 'reject') throw failure;
    if (notAdmitted.has(failure.externalCode ?? '')) throw refused(failure, magda.settings);
  }
};
