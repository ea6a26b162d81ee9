import { join } from 'node:path';
import { languageFolder, readJson } from './files.js';
import type { Locale } from './message-types.js';
import { filled } from './told.js';
import type { Violation } from './violations.js';

const textsOf = (locale: Locale): Record<string, string> =>
  readJson(join(languageFolder, 'violation-texts', `${locale}.json`)) as Record<string, string>;

/** Sentences by key, per language; `{name}` stands for a parameter. */
export const violationTexts: Record<Locale, Record<string, string>> = {
  nl: textsOf('nl'),
  en: textsOf('en'),
  fr: textsOf('fr'),
};

/** The sentence that tells a reader which rule is broken and what is asked instead. */
export const violationText = ({ detail }: Violation, locale: Locale): string =>
  filled(violationTexts[locale][detail.key] ?? detail.key, detail.params);
