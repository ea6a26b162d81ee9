import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { open, seal, SealBroken, type KeyRing } from '#runtime/keys.js';
import { PARTS, type Parts } from '../parts.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { secretOf, sessionCookie, sessionOf } from './asking.js';
import { cookie, cookieOf, digestOf } from './cookie.js';
import { localPath } from './local-path.js';
import { rightsOfPerson } from './person.js';
import { closeSession, openSession } from './sessions.js';
import { returnPath, SignInFailed, signInMinutes, type SignIn } from './sign-in.js';

const signInCookie = 'lbbus_sign_in';
const hintPlace = 'hint of a session';

/** Only who holds the cookie can read the hint. */
const keyOf = (secret: string): KeyRing => [{ id: 'cookie', bytes: digestOf(`hint ${secret}`) }];

const hintOf = (sealed: Buffer | null, secret: string): string | null => {
  if (!sealed) return null;
  try {
    return open(sealed, keyOf(secret), hintPlace).toString('utf8');
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
};

/** Signs people in and out, and tells the console who is signed in. */
@ApiExcludeController()
@Controller()
export class PeopleController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @Get('admin/v1/session')
  async session(@Req() request: FastifyRequest) {
    const session = await sessionOf(this.#parts, request);
    const { sandbox, signIn } = this.#parts;
    if (!session) return { person: null, canSignIn: signIn !== null, sandbox };
    const { person, endsAt } = session;
    const tenants = person.tenants && [...person.tenants];
    return {
      person: { name: person.name, shown: person.shown, roles: person.roles, tenants },
      rights: rightsOfPerson(person),
      endsAt: endsAt.toISOString(),
      sandbox,
    };
  }

  @Get('sign-in')
  async begin(@Query('to') to: unknown, @Res() reply: FastifyReply): Promise<void> {
    try {
      const { url, secret } = await this.#signIn().begin(localPath(to));
      this.#hold(reply, secret, signInMinutes * 60);
      await reply.redirect(url.href, 303);
    } catch (error) {
      await this.#tell(error, reply);
    }
  }

  @Get(returnPath)
  async arrive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const held = cookieOf(request.headers.cookie, signInCookie);
    this.#hold(reply, '', 0);
    try {
      const query = new URLSearchParams(request.url.split('?')[1] ?? '');
      const { person, idToken, returnTo } = await this.#signIn().finish(held, query);
      const secret = await openSession(this.#parts.database, person, (value) =>
        seal(Buffer.from(idToken), keyOf(value), hintPlace),
      );
      reply.header('set-cookie', this.#sessionCookie(secret, null));
      this.#parts.log.info({ roles: person.roles }, 'somebody signed in');
      await reply.redirect(returnTo, 303);
    } catch (error) {
      await this.#tell(error, reply);
    }
  }

  @HttpCode(200)
  @Post('sign-out')
  async leave(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const session = await sessionOf(this.#parts, request);
    const secret = secretOf(this.#parts, request);
    reply.header('set-cookie', this.#sessionCookie('', 0));
    if (!session || secret === null) return { to: '/' };
    const hint = hintOf(await closeSession(this.#parts.database, secret), secret);
    const place = hint === null ? null : await this.#parts.signIn?.endAt(hint);
    return { to: place?.href ?? '/' };
  }

  #signIn(): SignIn {
    if (this.#parts.signIn) return this.#parts.signIn;
    throw new ProblemError('not-configured', tell('sign-in-unset'));
  }

  #sessionCookie(value: string, seconds: number | null): string {
    const { secure } = this.#parts.window;
    const name = sessionCookie(this.#parts.window);
    return cookie(name, value, { secure, sameSite: 'Strict', path: '/', seconds });
  }

  /** The browser comes back from another site: this cookie is sent along then. */
  #hold(reply: FastifyReply, value: string, seconds: number): void {
    const { secure } = this.#parts.window;
    const options = { secure, sameSite: 'Lax', path: '/sign-in', seconds } as const;
    reply.header('set-cookie', cookie(signInCookie, value, options));
  }

  async #tell(error: unknown, reply: FastifyReply): Promise<void> {
    if (!(error instanceof SignInFailed)) throw error;
    const { trouble, message } = error;
    this.#parts.metrics.signInFailures.inc();
    this.#parts.log.warn({ trouble, cause: message }, 'a sign-in came to nothing');
    await reply.redirect(`/?sign-in=${trouble}`, 303);
  }
}
