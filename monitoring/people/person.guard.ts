import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { languageOf } from '#intake/language.js';
import type { Locale } from '#oslo/catalogue.js';
import { listed } from '#oslo/told.js';
import { PARTS, type Parts } from '../parts.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { personOf } from './asking.js';
import { may, requireReach, type Person } from './person.js';
import type { Right } from './rights.js';

const people = new WeakMap<FastifyRequest, Person>();
const rightKey = 'lbbus:right';

/** The right that an endpoint asks; `see` where it says nothing. */
export const May = (right: Right) => SetMetadata(rightKey, right);

/** The tenant that a request names in its path, its query or its body. */
const tenantsNamed = ({ params, query, body }: FastifyRequest): readonly string[] =>
  [params, query, body].flatMap((place) => {
    const tenant: unknown =
      typeof place === 'object' && place !== null ? Reflect.get(place, 'tenant') : undefined;
    return typeof tenant === 'string' ? [tenant] : [];
  });

/** Lets people in who may do what the endpoint does, to the tenant that the request names, and remembers who it is. */
@Injectable()
export class PersonGuard implements CanActivate {
  readonly #parts: Parts;
  readonly #reflector = new Reflector();

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const person = await personOf(this.#parts, request);
    const right =
      this.#reflector.getAllAndOverride<Right | undefined>(rightKey, [
        context.getHandler(),
        context.getClass(),
      ]) ?? 'see';
    if (!may(person, right))
      throw new ProblemError(
        'forbidden',
        tell('right-missing', { right, roles: listed(person.roles, 'conjunction') }),
      );
    for (const tenant of tenantsNamed(request)) requireReach(person, tenant);
    people.set(request, person);
    return true;
  }
}

/** The language of who asks. */
export const Language = createParamDecorator((_: unknown, context: ExecutionContext): Locale => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return languageOf(headers['accept-language']);
});

/** Who asks; only behind `PersonGuard`. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const person = people.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (person === undefined) throw new Error('asked who it is without PersonGuard');
  return person;
});
