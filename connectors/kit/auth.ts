/** The headers that say who calls; recomputed for each request. */
export type Auth = () => Readonly<Record<string, string>>;

/** RFC 7617, in UTF-8. */
export const basic =
  (user: string, password: string): Auth =>
  () => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });

/** RFC 6750. */
export const bearer =
  (token: string): Auth =>
  () => ({ authorization: `Bearer ${token}` });

/** A key in a header of the vendor's own. */
export const headerKey =
  (header: string, key: string): Auth =>
  () => ({ [header.toLowerCase()]: key });
