import type { ErrorSchema } from '@rjsf/utils';
import type { ProblemPlace } from '../../api/problem.ts';

const partsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

interface Errors {
  __errors?: string[];
  [field: string]: Errors | string[] | undefined;
}

/** Complaints below a pointer, as the form takes them; those elsewhere are left over. */
export const fieldErrors = (
  places: readonly ProblemPlace[],
  below: string,
): { readonly errors: ErrorSchema; readonly others: readonly ProblemPlace[] } => {
  const errors: Errors = {};
  const others: ProblemPlace[] = [];
  for (const place of places) {
    if (!place.pointer.startsWith(`${below}/`)) {
      others.push(place);
      continue;
    }
    let at = errors;
    for (const part of partsOf(place.pointer.slice(below.length))) at = (at[part] ??= {}) as Errors;
    (at.__errors ??= []).push(sentence(place.detail));
  }
  return { errors: errors as ErrorSchema, others };
};
