import type { Static, TSchema } from '@sinclair/typebox';
import { Failure } from './failure.js';
import type { Exchange } from './http-failure.js';
import type { HttpResponse } from './http.js';
import { validatorOf } from './validator.js';

/** The answer, once it is known to have the shape; another shape is a `Failure` that says where it differs. */
export const shaped = <T extends TSchema>(
  exchange: Exchange,
  as: T | undefined,
  response: HttpResponse,
): HttpResponse<Static<T>> => {
  const validate = as && validatorOf(as);
  if (!validate || validate(response.body)) return response;
  const where = validate.errors?.[0]?.instancePath ?? '';
  throw new Failure(
    'retry',
    `${exchange.system} answered ${exchange.method} with another shape than it documents, at "${where}"`,
    { code: 'unavailable' },
  );
};
