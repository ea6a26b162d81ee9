import { Failure } from '#kit/failure.js';
import { xml } from '#kit/soap/template.js';
import type { Magda } from './client.js';
import { geefOndernemingVkbo } from './diensten.js';

/** Vlaamse Gemeenschap: what everybody may know, and no person. */
const publicNumber = '0316380841';

/**
 * Asks for an enterprise that everybody knows. A refusal of the question itself is fine: whoever refuses it has taken our
 * certificate and our signature, and not every sender may ask for enterprises.
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
    if (failure instanceof Failure && failure.verdict === 'reject') return;
    throw failure;
  }
};
