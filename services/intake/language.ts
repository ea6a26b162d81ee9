import type { Locale } from '#oslo/catalogue.js';

const spoken: readonly Locale[] = ['nl', 'en', 'fr'];

const rangeOf = (part: string): { tag: string; weight: number } => {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
};

const localesOf = (tag: string): readonly Locale[] =>
  tag === '*' ? spoken : spoken.filter((locale) => tag === locale || tag.startsWith(`${locale}-`));

/** The language a caller likes best of Dutch, English and French (RFC 9110 section 12.5.4); Dutch where it says nothing. */
export const languageOf = (acceptLanguage: string | undefined): Locale => {
  const ranges = (acceptLanguage ?? '').split(',').map(rangeOf);
  const refused = ranges.filter(({ weight }) => weight === 0).flatMap(({ tag }) => localesOf(tag));
  const liked = ranges
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .flatMap(({ tag }) => localesOf(tag))
    .filter((locale) => !refused.includes(locale));
  return liked[0] ?? 'nl';
};
