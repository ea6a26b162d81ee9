import type { Locale } from '#oslo/catalogue.js';
import { categoryPlaces, configurationPlaces } from '#tenants/burgerprofiel/places.js';
import type { Meldingen } from '#tenants/burgerprofiel/schema.js';
import { schemaFor } from './form.js';
import { limitsOf } from './limits.js';
import { placed } from './pieces.js';
import { wordsIn } from './words.js';

/** What Mijn Burgerprofiel needs to know to take meldingen for a tenant: its categories, its form, what may be attached. */
export const configurationOf = (meldingen: Meldingen, language: Locale): object => {
  const { categories, names = {} } = meldingen;
  const { most, maxBytes, types } = limitsOf(meldingen);
  return placed(
    {
      categories: categories.map(({ id, name }) =>
        placed({ id, name: wordsIn(name, language) }, categoryPlaces, names.category),
      ),
      schema: schemaFor(meldingen),
      mostAttachments: most,
      attachmentBytes: maxBytes,
      attachmentTypes: types,
    },
    configurationPlaces,
    names.configuration,
  );
};
