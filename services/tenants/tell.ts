import { teller } from '#oslo/told.js';
import { en } from './texts/en.js';
import { fr } from './texts/fr.js';
import { nl } from './texts/nl.js';

/** What is told of tenants and of what is wrong with them, in the language of whoever reads it. */
export const tell = teller({ nl, en, fr });
