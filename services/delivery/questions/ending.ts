import type { PreparedAnswer } from '#intake/answer.js';

/** The system answered. */
interface Answered {
  readonly kind: 'answered';
  readonly answer: PreparedAnswer;
}

/** Whoever asked is told that there is no answer, and why; with `pauses` an operator has to act before another may be asked. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly detail: string;
  readonly pauses: boolean;
}

/** Nobody is told, as nobody waits any more. */
interface Lapsed {
  readonly kind: 'lapsed';
  readonly code: string | null;
  readonly detail: string;
}

/** How a question ends. It is never parked: whoever asked asks again. */
export type Ending = Answered | Refused | Lapsed;

export const refused = (code: string, detail: string, pauses = false): Refused => ({
  kind: 'refused',
  code,
  detail,
  pauses,
});

export const cancelled: Lapsed = {
  kind: 'lapsed',
  code: 'cancelled',
  detail: 'Whoever asked has gone',
};

export const expired: Lapsed = {
  kind: 'lapsed',
  code: null,
  detail: 'The question was not asked in time',
};
