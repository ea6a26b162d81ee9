/** The headers that say who calls. */
export type Credentials = Readonly<Record<string, string>>;

/** Credentials that the settings hold; recomputed for each request. */
export type KnownAuth = () => Credentials;

/** Credentials that have to be asked for first, and that may be withdrawn before their time. */
export interface TokenAuth {
  readonly credentials: (signal: AbortSignal) => Promise<Credentials>;
  /** They were refused, and are forgotten: true where others may do better, false where these were brand new. */
  readonly refused: (credentials: Credentials) => boolean;
}

export type Auth = KnownAuth | TokenAuth;

/** RFC 7617, in UTF-8. */
export const basic =
  (user: string, password: string): KnownAuth =>
  () => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });

/** RFC 6750. */
export const bearer =
  (token: string): KnownAuth =>
  () => ({ authorization: `Bearer ${token}` });

/** A key in a header of the vendor's own. */
export const headerKey =
  (header: string, key: string): KnownAuth =>
  () => ({ [header.toLowerCase()]: key });
