import { attemptStages } from './attempt.js';

/** One stage as the reader of the way sees it. */
export interface StageOnTheWay {
  readonly name: string;
  readonly does: string;
}

/** The way of a message through delivery, in order: `lb-bus way` prints it; `deliver` and `attempt` run it. */
export const way: readonly StageOnTheWay[] = [
  { name: 'decode', does: 'reads the envelope; what cannot be read is parked' },
  {
    name: 'lane',
    does: 'waits for its turn: one message per subject, a bounded number per target',
  },
  {
    name: 'effect',
    does: 'asks whether it may be tried: not done, not in hand, not held, not behind another',
  },
  ...attemptStages.map(({ name, does }) => ({ name, does })),
  {
    name: 'settle',
    does: 'writes what came of it, tells it, and only then lets go of the message',
  },
];
