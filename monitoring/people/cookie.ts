import { createHash, randomBytes } from 'node:crypto';

/** A value that nobody guesses, for a browser to hold. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of such a value. */
export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

interface CookieOptions {
  readonly secure: boolean;
  readonly sameSite: 'Strict' | 'Lax';
  readonly path: string;
  /** 0 takes it away; null lets it live as long as the browser. */
  readonly seconds: number | null;
}

/** Value of `set-cookie`; no script reads it. */
export const cookie = (
  name: string,
  value: string,
  { secure, sameSite, path, seconds }: CookieOptions,
): string =>
  [
    `${name}=${value}`,
    `Path=${path}`,
    'HttpOnly',
    `SameSite=${sameSite}`,
    ...(secure ? ['Secure'] : []),
    ...(seconds === null ? [] : [`Max-Age=${seconds}`]),
  ].join('; ');

/** The value of a cookie in the header of a request; null where it is not there. */
export const cookieOf = (header: string | undefined, name: string): string | null => {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
};
