import type { Attest } from '#oslo/generated/attesten.js';
import { attestPagePlaces, attestPlaces } from '#tenants/burgerprofiel/places.js';
import type { Attesten } from '#tenants/burgerprofiel/schema.js';
import { pageLinks } from './hal.js';
import { placed } from './pieces.js';

const idOf = ({ identificator: [{ identificator }] }: Attest): string => identificator;

const keyOf = (attest: Attest): string => JSON.stringify([idOf(attest), attest.taal]);

/** Each id once per language, in an order that is the same for every page. */
const listed = (attesten: readonly Attest[]): Attest[] => {
  const byKey = new Map(attesten.toReversed().map((attest) => [keyOf(attest), attest]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, attest]) => attest);
};

const certificateOf = (attest: Attest, moved: NonNullable<Attesten['names']>['certificate']) =>
  placed(
    {
      id: idOf(attest),
      language: attest.taal,
      title: attest.titel,
      description: attest.beschrijving,
      issued: attest.uitgegevenOp,
      validUntil: attest.geldigTot,
      link: attest.webpagina,
    },
    attestPlaces,
    moved,
  );

/** One page of attesten as Mijn Burgerprofiel reads it; beyond the last it is empty. */
export const pageOf = (
  attesten: readonly Attest[],
  { limit, page }: { readonly limit: number; readonly page: number },
  names: Attesten['names'] = {},
): object => {
  const all = listed(attesten);
  const pages = Math.ceil(all.length / limit);
  const shown = all.slice(page * limit, (page + 1) * limit);
  const _links = pageLinks({
    self: { limit, page },
    first: { limit, page: 0 },
    prev: page > 0 ? { limit, page: page - 1 } : null,
    next: page + 1 < pages ? { limit, page: page + 1 } : null,
    last: { limit, page: Math.max(0, pages - 1) },
  });
  return {
    _links,
    ...placed(
      {
        attesten: shown.map((attest) => certificateOf(attest, names.certificate)),
        limit,
        page,
        total: all.length,
        pages,
      },
      attestPagePlaces,
      names.page,
    ),
  };
};
