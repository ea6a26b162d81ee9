import type { Envelope } from '#bus/envelope.js';
import { scopeOf, type Database } from '#runtime/database.js';
import { Together } from '#runtime/together.js';
import { open } from '#runtime/keys.js';
import type { Log } from '#runtime/log.js';
import type { Tenant } from '#tenants/directory.js';
import { questionKey } from '#trace/question-channels.js';
import type { Bell } from '../bell.js';
import { isAway } from '../problems/away.js';
import { cancelQuestion, readAnswersTo, type SealedAnswer } from './store.js';

/** Callers that wait at this process at the same time, at most: each holds a connection open. */
const mostWaiting = 500;
/** Of one tenant: the others can wait too. */
const mostWaitingOfTenant = 150;

/** An answer that came before anybody listened for it is found after this. */
const firstLookMs = 250;

/** The CloudEvent in an answer. */
export const openAnswer = ({ id, answer }: SealedAnswer, tenant: Tenant): Buffer =>
  open(answer, tenant.bodyKeys, `${tenant.id}|${id}`);

interface Wait {
  readonly waitMs: number;
  /** Aborted when the caller hangs up. */
  readonly gone: AbortSignal;
}

/** Waits for answers on behalf of callers. */
export interface Answers {
  /**
   * The answer within `waitMs`, as bytes of a CloudEvent; null where there is none by then, or nobody can look for it
   * now. `full` where too many wait already. A caller that hangs up cancels its question.
   */
  readonly waitFor: (
    question: Envelope,
    tenant: Tenant,
    wait: Wait,
  ) => Promise<Buffer | null | 'full'>;
}

interface AnswersParts {
  readonly database: Database;
  readonly bell: Bell;
  readonly leaving: () => boolean;
  readonly log: Pick<Log, 'debug'>;
}

interface Watching extends AnswersParts {
  readonly look: Together<Envelope, SealedAnswer | null>;
}

/** An answer that was told, where it is one to this very question. */
const toldTo = ({ digest }: Envelope, told: string): SealedAnswer | null => {
  const [asked, id = '', answer = ''] = told.split(' ');
  return asked === digest ? { id, answer: Buffer.from(answer, 'base64') } : null;
};

const awaited = async (
  { bell, leaving, look }: Watching,
  question: Envelope,
  { waitMs, gone }: Wait,
): Promise<SealedAnswer | null> => {
  const { tenant, id } = question;
  const until = performance.now() + waitMs;
  const hearing = bell.hear(questionKey(tenant, id), gone);
  try {
    // No answer is there yet but to a repeat, for which delivery rings too: one look less for nearly all.
    let told = await hearing.rung(Math.min(waitMs, firstLookMs));
    for (;;) {
      const leftMs = Math.max(0, until - performance.now());
      const found = toldTo(question, told) ?? (await look.do(question));
      if (found || leftMs === 0 || gone.aborted || leaving()) return found;
      told = await hearing.rung(leftMs);
    }
  } finally {
    hearing.close();
  }
};

/** Opens the place where callers wait. */
export const openAnswers = (parts: AnswersParts): Answers => {
  const look = new Together<Envelope, SealedAnswer | null>({
    tenantOf: ({ tenant }) => tenant,
    keysOf: () => [],
    all: (questions) =>
      parts.database.scoped(scopeOf(questions.map(({ tenant }) => tenant)), (trx) =>
        readAnswersTo(trx, questions),
      ),
  });
  const counts = new Map<string, number>();
  let total = 0;
  const count = (tenant: string, by: 1 | -1): void => {
    total += by;
    const now = (counts.get(tenant) ?? 0) + by;
    if (now === 0) counts.delete(tenant);
    else counts.set(tenant, now);
  };

  const cancel = async (question: Envelope): Promise<void> => {
    try {
      await parts.database.scoped(question.tenant, (trx) => cancelQuestion(trx, question));
    } catch (error) {
      parts.log.debug(
        { err: error, message: question.id },
        'a question is asked though nobody waits',
      );
    }
  };

  const isFull = (tenant: string): boolean =>
    total >= mostWaiting || (counts.get(tenant) ?? 0) >= mostWaitingOfTenant;

  return {
    waitFor: async (question, tenant, wait) => {
      if (isFull(tenant.id)) return 'full';
      count(tenant.id, 1);
      try {
        const found = await awaited({ ...parts, look }, question, wait);
        if (!found && wait.gone.aborted) await cancel(question);
        return found && openAnswer(found, tenant);
      } catch (error) {
        if (!isAway(error)) throw error;
        return null;
      } finally {
        count(tenant.id, -1);
      }
    },
  };
};
