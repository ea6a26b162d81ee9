import { v5 } from 'uuid';
import type { BatchPart } from '#kit/http.js';
import { quoted } from './client.js';
import type { Customer, NewCustomer } from './customer.js';
import type { DynamicsSettings } from './settings.js';

const keyColumn = (
  { table }: NewCustomer,
  { contactKey, accountKey }: DynamicsSettings,
): string | undefined => (table === 'contact' ? contactKey : accountKey);

/** Condition for an active row of the same customer; null where it is known, upserted by key, or cannot be told apart. */
export const sameAsFilter = (customer: Customer, settings: DynamicsSettings): string | null => {
  if ('id' in customer || keyColumn(customer, settings) !== undefined) return null;
  const { sameAs } = customer;
  return sameAs && `${sameAs.column} eq ${quoted(sameAs.value)} and statecode eq 0`;
};

/** The customer of one incident: where its row is, and the request that makes or updates it first, if one is needed. */
export interface CustomerRow {
  readonly address: string;
  readonly parts: readonly BatchPart[];
}

export const customerRow = (
  customer: Customer,
  settings: DynamicsSettings,
  known: { readonly foundId: string | null; readonly messageId: string },
): CustomerRow => {
  const set = `/${customer.table}s`;
  if ('id' in customer) return { address: `${set}(${customer.id})`, parts: [] };
  if (known.foundId !== null) return { address: `${set}(${known.foundId})`, parts: [] };
  const column = keyColumn(customer, settings);
  const own = v5('customer', known.messageId);
  const json = customer.columns;
  if (column === undefined) {
    const path = `${set}(${own})`;
    const headers = { 'if-none-match': '*' };
    return { address: path, parts: [{ method: 'PATCH', path, headers, json }] };
  }
  const path = `${set}(${column}=${quoted(customer.key ?? own)})`;
  return { address: path, parts: [{ method: 'PATCH', path, json }] };
};
