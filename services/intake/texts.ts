import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '#oslo/catalogue.js';
import { filled } from '#oslo/told.js';
import { violationTexts } from '#oslo/violation-texts.js';
import { packageRoot } from '#runtime/root.js';
import type { RefusalReason } from './refusal.js';

type Texts = Readonly<Record<string, string>>;

const read = (locale: Locale): Texts =>
  JSON.parse(
    readFileSync(join(packageRoot, 'services', 'intake', 'texts', `${locale}.json`), 'utf8'),
  ) as Texts;

/** Sentences of the reasons that `accept` gives itself, by key; those of the data are in the language. */
export const intakeTexts: Readonly<Record<Locale, Texts>> = {
  nl: read('nl'),
  en: read('en'),
  fr: read('fr'),
};

const sentenceOf = (key: string, locale: Locale): string => {
  const table = Object.hasOwn(intakeTexts[locale], key)
    ? intakeTexts[locale]
    : violationTexts[locale];
  return table[key] ?? key;
};

/** The sentence of a reason in the reader's language: says which rule is broken and what is asked instead. */
export const refusalText = ({ key, params }: RefusalReason['text'], locale: Locale): string =>
  filled(sentenceOf(key, locale), params);
