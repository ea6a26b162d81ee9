import { burgerprofielClientId, burgerprofielScopes } from './applications.js';
import { usualUrl, type Place } from './places.js';

/** What a resident chooses from, by the last part of the meldingstype. */
const categories: Readonly<Record<string, { readonly nl: string; readonly fr: string }>> = {
  wegdek: { nl: 'Wegdek', fr: 'Chaussée' },
  fietspad: { nl: 'Fietspad', fr: 'Piste cyclable' },
  voetpad: { nl: 'Voetpad', fr: 'Trottoir' },
  straatverlichting: { nl: 'Straatverlichting', fr: 'Éclairage public' },
  sluikstort: { nl: 'Sluikstort', fr: 'Dépôt clandestin' },
  zwerfvuil: { nl: 'Zwerfvuil', fr: 'Déchets sauvages' },
  boom: { nl: 'Boom', fr: 'Arbre' },
  groen: { nl: 'Groen', fr: 'Espaces verts' },
};

const formOf = ({ id }: Place, name: string, productId: string): object => ({
  id: `${id}-${name}`,
  productId,
  audience: `https://formulieren.${id}.example`,
  embed: `https://formulieren.${id}.example/${name}?token={TEMP_SSO_TOKEN}`,
  fallback: `https://formulieren.${id}.example/${name}`,
  ssoTokenRegistrationApi: `https://formulieren.${id}.example/sso/token`,
  thirdPartyCookieApi: `https://formulieren.${id}.example/sso/cookie`,
});

/** What a demo tenant offers Mijn Burgerprofiel. No demo tenant has a system that answers about attesten. */
export const burgerprofielOf = (place: Place): object => ({
  issuer: `${usualUrl}/op`,
  clients: [burgerprofielClientId],
  meldingen: {
    verwerking: 'meldingen-openbaar-domein',
    categories: Object.entries(categories).map(([id, name]) => ({
      id,
      name,
      meldingstype: `https://data.${place.id}.example/id/concept/Meldingstype/${id}`,
    })),
  },
  forms: {
    scope: burgerprofielScopes.forms,
    items: [formOf(place, 'verhuis', '1001'), formOf(place, 'parkeervergunning', '1002')],
  },
});
