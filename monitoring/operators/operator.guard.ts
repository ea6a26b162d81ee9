import {
  createParamDecorator,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PARTS, type Parts } from '../parts.js';
import { ProblemError } from '../problems/problem.js';

const operators = new WeakMap<FastifyRequest, string>();

/** Lets operators in by their bearer token and remembers who it is. */
@Injectable()
export class OperatorGuard implements CanActivate {
  readonly #parts: Pick<Parts, 'operators'>;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!this.#parts.operators)
      throw new ProblemError(
        'not-configured',
        'Set LBBUS_OPERATOR_TOKENS_FILE to a file with one "<name>:<SHA-256 of the token in hex>" per line',
      );
    const [, token] =
      /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
    const operator = token === undefined ? null : this.#parts.operators(token);
    if (operator === null)
      throw new ProblemError('unauthorized', 'Send the token of an operator as bearer token');
    operators.set(request, operator);
    return true;
  }
}

/** Name of the operator who asks; only behind `OperatorGuard`. */
export const Operator = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const operator = operators.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (operator === undefined) throw new Error('asked for the operator without OperatorGuard');
  return operator;
});
