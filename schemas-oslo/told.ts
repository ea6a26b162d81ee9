import type { Locale } from './message-types.js';

/** A sentence in whichever language it is asked for. */
export type Told = (language: Locale) => string;

/** Puts the parameters in the place of the `{name}`s of a sentence. */
export const filled = (
  sentence: string,
  params: Readonly<Record<string, string | number>>,
): string => sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

type NamesIn<Sentence> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type ParamsOf<Sentence> = [NamesIn<Sentence>] extends [never]
  ? []
  : [Readonly<Record<NamesIn<Sentence>, string | number | Told>>];

/** The same sentences in another language. */
export type Translated<Texts> = Readonly<Record<keyof Texts, string>>;

/** Sentences by key; those in Dutch say which parameters there are, by `{name}`. */
interface Texts<Dutch> {
  readonly nl: Dutch;
  readonly en: Translated<Dutch>;
  readonly fr: Translated<Dutch>;
}

/**
 * Tells by key what stands in the texts: `tell('tenant-unknown', { tenant })`. A parameter that is told itself is told in
 * the language of the sentence.
 */
export const teller =
  <const Dutch extends Readonly<Record<string, string>>>(texts: Texts<Dutch>) =>
  <Key extends keyof Dutch & string>(key: Key, ...[params]: ParamsOf<Dutch[Key]>): Told =>
  (language) => {
    const given: Readonly<Record<string, string | number | Told>> = params ?? {};
    const told = Object.entries(given).map(([name, value]): [string, string | number] => [
      name,
      typeof value === 'function' ? value(language) : value,
    ]);
    return filled(texts[language][key], Object.fromEntries(told));
  };

/** Several as one: `a, b of c`. */
export const listed =
  (parts: readonly (string | Told)[], type: 'conjunction' | 'disjunction'): Told =>
  (language) =>
    new Intl.ListFormat(language, { type }).format(
      parts.map((part) => (typeof part === 'string' ? part : part(language))),
    );
