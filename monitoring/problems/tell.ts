import { teller } from '#oslo/told.js';
import { en } from './texts/en.js';
import { fr } from './texts/fr.js';
import { nl } from './texts/nl.js';

/** What an operator is told, in her language. */
export const tell = teller({ nl, en, fr });
