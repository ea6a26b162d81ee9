import { Refusal } from '#intake/refusal.js';
import type { Form } from '#tenants/burgerprofiel/schema.js';
import type { Access } from '../access/access.js';
import type { Answer } from '../answer.js';
import { checkedIn, requireNames, wholeNumber, type Query } from '../messages/query.js';
import { hal, pageLinks } from './hal.js';

const usualLimit = 10;
const mostLimit = 100;
const mostOffset = 999_999_999;

const itemOf = (form: Form): object => ({
  id: form.id,
  productId: form.productId,
  sso: { audience: form.audience },
  _links: {
    embed: { href: form.embed, templated: form.embed.includes('{') },
    fallback: { href: form.fallback },
    ssoTokenRegistrationApi: { href: form.ssoTokenRegistrationApi },
    thirdPartyCookieApi: { href: form.thirdPartyCookieApi },
  },
});

/** A page of the forms that the tenant declares; beyond the last it is empty. Throws 400 for an unknown or wrong query value. */
export const listForms = ({ tenant }: Access, query: Query): Answer => {
  const items = tenant.burgerprofiel?.forms?.items;
  if (!items) throw new Refusal('not-found', 404);
  requireNames(query, ['limit', 'offset']);
  const limit = checkedIn(query, 'limit', wholeNumber(1, mostLimit)) ?? usualLimit;
  const offset = checkedIn(query, 'offset', wholeNumber(0, mostOffset)) ?? 0;
  const next = offset + limit;
  return hal({
    limit,
    offset,
    total: items.length,
    _links: pageLinks({
      self: { limit, offset },
      prev: offset > 0 ? { limit, offset: Math.max(0, offset - limit) } : null,
      next: next < items.length ? { limit, offset: next } : null,
    }),
    _embedded: { forms: items.slice(offset, next).map(itemOf) },
  });
};
