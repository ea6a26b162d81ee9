import { ProblemError } from '../../problems/problem.js';
import { tell } from '../../problems/tell.js';

const uniqueViolation = '23505';

/** A message can be in one order only: where another order took one of these at the same moment, says so. */
export const unlessCrossed = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== uniqueViolation) throw error;
    throw new ProblemError('conflict', tell('order-crossed'));
  }
};
