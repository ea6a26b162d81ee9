import { burgerprofielClientId, burgerprofielScopes } from './applications.js';
import { meldingstypeIri, meldingstypes } from './meldingstypes.js';
import { usualUrl, type Place } from './places.js';

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
    categories: meldingstypes.map(({ id, name }) => ({
      id,
      name,
      meldingstype: meldingstypeIri(place.id, id),
    })),
  },
  forms: {
    scope: burgerprofielScopes.forms,
    items: [formOf(place, 'verhuis', '1001'), formOf(place, 'parkeervergunning', '1002')],
  },
});
