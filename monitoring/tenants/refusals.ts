import { KeyRefused } from '#tenants/add-key.js';
import { ChangedMeanwhile } from '#tenants/changes.js';
import { DeclarationBroken, type PlacedComplaint } from '#tenants/yaml-source.js';
import { ProblemError, type ProblemPlace } from '../problems/problem.js';

const escaped = (part: string | number): string =>
  String(part).replaceAll('~', '~0').replaceAll('/', '~1');

const placeOf = ({ path, words, code = 'declaration' }: PlacedComplaint): ProblemPlace => ({
  pointer: ['/declaration', ...path.map(escaped)].join('/'),
  code,
  detail: words,
});

const refusalOf = (error: unknown): unknown => {
  if (error instanceof DeclarationBroken)
    return new ProblemError(
      'invalid',
      'What the tenant would be is not right yet',
      error.complaints.map(placeOf),
    );
  if (error instanceof ChangedMeanwhile)
    return new ProblemError('precondition-failed', error.message);
  if (error instanceof KeyRefused)
    return new ProblemError(error.missing ? 'not-found' : 'conflict', error.message);
  return error;
};

/** Does it, and tells what the tenants refuse as a problem, each complaint at its place. */
export const asProblems = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error);
  }
};
