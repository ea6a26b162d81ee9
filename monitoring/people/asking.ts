import type { FastifyRequest } from 'fastify';
import type { Parts } from '../parts.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { cookieOf } from './cookie.js';
import type { Person } from './person.js';
import { findSession, type Session } from './sessions.js';
import { tokenLine } from './tokens.js';

/** On every request of the console; no other site can send it along. `watching` where nobody did anything for it. */
export const consoleHeader = 'x-lbbus-console';

/** Name of the cookie of a session: a browser takes the first only from the host itself, over TLS. */
export const sessionCookie = ({ secure }: { readonly secure: boolean }): string =>
  secure ? '__Host-lbbus' : 'lbbus';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the browser holds, as the request says; null where it holds nothing. */
export const secretOf = (parts: Pick<Parts, 'window'>, request: FastifyRequest): string | null =>
  cookieOf(request.headers.cookie, sessionCookie(parts.window));

/** The session of a request; null where there is none. Throws `ProblemError` where another site may be behind it. */
export const sessionOf = async (
  parts: Pick<Parts, 'window' | 'database'>,
  request: FastifyRequest,
): Promise<Session | null> => {
  const secret = secretOf(parts, request);
  if (secret === null) return null;
  const said = request.headers[consoleHeader];
  if (!safe.has(request.method) && said !== '1')
    throw new ProblemError(
      'forbidden',
      tell('session-header', { method: request.method, header: consoleHeader }),
    );
  return findSession(parts.database, secret, said === '1');
};

const personOfToken = ({ operators }: Pick<Parts, 'operators'>, header: string): Person => {
  const [, token] = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(header) ?? [];
  const person = token === undefined ? null : operators?.(token);
  if (!person) throw new ProblemError('unauthorized', tell('token-unknown'));
  return person;
};

/** Who asks, by bearer token or by session. Throws `ProblemError` where it is nobody. */
export const personOf = async (parts: Parts, request: FastifyRequest): Promise<Person> => {
  if (!parts.operators && !parts.signIn)
    throw new ProblemError('not-configured', tell('people-unset', { line: tokenLine }));
  const { authorization } = request.headers;
  if (authorization !== undefined) return personOfToken(parts, authorization);
  const session = await sessionOf(parts, request);
  if (session) return session.person;
  throw new ProblemError('unauthorized', tell('not-signed-in'));
};
