import type { Locale } from '#oslo/catalogue.js';
import type { Meldingen } from '#tenants/burgerprofiel/schema.js';

type Name = Meldingen['categories'][number]['name'];

/** A name as the tenant writes it for residents; Dutch where it has no other. */
export const wordsIn = (name: Name, language: Locale): string =>
  typeof name === 'string' ? name : (name[language] ?? name['nl'] ?? Object.values(name)[0] ?? '');

/** A name in Dutch. */
export const inDutch = (name: Name): string => wordsIn(name, 'nl');
