import type { RefusalReason } from '#intake/refusal.js';
import { refusalText } from '#intake/texts.js';
import type { Locale } from '#oslo/catalogue.js';
import { filled } from '#oslo/told.js';

import { en } from './texts.en.js';
import { fr } from './texts.fr.js';
import { nl, type DoorTexts } from './texts.nl.js';

export type TextParams = Readonly<Record<string, string | number>>;

const doorTexts: Record<Locale, DoorTexts> = { nl, en, fr };

const find = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Title of a code, as a heading. */
export const titleOf = (code: string, locale: Locale): string =>
  find(doorTexts[locale].titles, code) ?? code;

/** The sentence for a code, or for its `params.variant` where that has one of its own. */
export const detailOf = (code: string, params: TextParams, locale: Locale): string => {
  const { details } = doorTexts[locale];
  const sentence =
    find(details, `${code}.${params['variant'] ?? ''}`) ?? find(details, code) ?? code;
  return filled(sentence, params);
};

/** The sentence for one reason: of the door, of intake or of the language of the messages. */
export const reasonText = (text: RefusalReason['text'], locale: Locale): string => {
  const own = find(doorTexts[locale].reasons, text.key);
  return own === undefined ? refusalText(text, locale) : filled(own, text.params);
};
