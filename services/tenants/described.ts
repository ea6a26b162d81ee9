import type { Told } from '#oslo/told.js';
import { fr } from './texts/described.fr.js';
import { nl } from './texts/described.nl.js';

const translated = { nl, fr };

/** What the schema of a declaration says of a place, in the language of the reader; undefined where it says nothing. */
export const described = (description: string | undefined): Told | undefined =>
  description === undefined
    ? undefined
    : (language) =>
        language === 'en' ? description : (translated[language][description] ?? description);
