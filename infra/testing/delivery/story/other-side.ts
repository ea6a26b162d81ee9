import { Failure } from '#kit/failure.js';
import type { Done } from './process.js';

/** How the other side ends an attempt; `lost`: it acts, but nobody hears of it. */
export type End = 'done' | 'answered' | 'lost' | 'retry' | 'broken' | 'reject' | 'pause';

const failures: Record<Exclude<End, 'done' | 'answered'>, () => Error> = {
  lost: () => new Failure('retry', 'no answer', { code: 'timeout' }),
  retry: () => new Failure('retry', 'in use', { code: 'locked' }),
  broken: () => new TypeError('what no connector should throw'),
  reject: () => new Failure('reject', 'not accepted', { code: 'invalid' }),
  pause: () => new Failure('pause', 'who?', { code: 'unauthorized' }),
};

const acting: readonly End[] = ['done', 'answered', 'lost'];

/** The system that messages are brought to. It looks first: what is there already is not done again. */
export class OtherSide {
  /** Messages that it did what they ask. */
  readonly acted = new Set<string>();

  /** Ends an attempt; throws what the connector would. */
  end(message: string, how: End): Done {
    if (acting.includes(how)) this.acted.add(message);
    if (how === 'done' || how === 'answered')
      return { externalId: message, answers: how === 'answered' };
    throw failures[how]();
  }
}
