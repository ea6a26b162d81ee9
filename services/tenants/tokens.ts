import { createHash, randomBytes } from 'node:crypto';

/** A new API key or hook token: 256 random bits, recognisable by people and by scanners for leaked keys. */
export const newToken = (tenant: string): string =>
  `lb_${tenant}_${randomBytes(32).toString('base64url')}`;

/** What is stored of a token, in hex; it cannot be turned back, and a random token cannot be guessed. */
export const tokenHash = (token: string): string =>
  createHash('sha256').update(token, 'utf8').digest('hex');
