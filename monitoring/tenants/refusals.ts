import { KeyRefused } from '#tenants/add-key.js';
import { ChangedMeanwhile } from '#tenants/changes.js';
import { DeclarationBroken, type PlacedComplaint } from '#tenants/yaml-source.js';
import { ProblemError, type ToldPlace } from '../problems/problem.js';
import { tell } from '../problems/tell.js';

const escaped = (part: string | number): string =>
  String(part).replaceAll('~', '~0').replaceAll('/', '~1');

const placeOf = ({ path, told, code = 'declaration' }: PlacedComplaint): ToldPlace => ({
  pointer: ['/declaration', ...path.map(escaped)].join('/'),
  code,
  told,
});

const refusalOf = (error: unknown): unknown => {
  if (error instanceof DeclarationBroken)
    return new ProblemError('invalid', tell('tenant-broken'), error.complaints.map(placeOf));
  if (error instanceof ChangedMeanwhile) return new ProblemError('precondition-failed', error.told);
  if (error instanceof KeyRefused)
    return new ProblemError(error.missing ? 'not-found' : 'conflict', error.told);
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
