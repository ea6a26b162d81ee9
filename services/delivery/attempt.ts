import { Readable } from 'node:stream';
import type { Call } from '#bus/records.js';
import { limitTo } from '#kit/limit.js';
import { notingCalls } from './calls.js';
import type { Trouble } from './decide/trouble.js';
import { framesOf, troubleOf } from './decide/trouble.js';
import { answer } from './stages/answer.js';
import { choose } from './stages/choose.js';
import { map } from './stages/map.js';
import { register } from './stages/register.js';
import { send } from './stages/send.js';
import type { Reach, Stage, Work } from './stages/stage.js';
import { unseal } from './stages/unseal.js';

/** The stages of one attempt, in order: `attempt` runs this list. */
export const attemptStages: readonly Stage[] = [choose, unseal, map, register, send, answer];

/** How an attempt ended, how long the system took, and what a developer may see of an error that nobody expected. */
export interface Attempted {
  readonly work: Work;
  readonly trouble: Trouble | null;
  readonly sendMs: number;
  readonly calls: readonly Call[];
  /** The system has done it, whatever went wrong after that. */
  readonly sent: boolean;
  readonly frames: readonly string[];
}

/** Rejects as soon as the signal is aborted, also where `work` does not listen to it. */
const unlessLate = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('the deadline passed'));
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });

/** When an attempt is cut off. */
export interface Limits {
  readonly deadlineMs: number;
  /** Aborted where nobody needs what comes of it. */
  readonly gone?: AbortSignal;
}

/** What nobody read to its end would hold a file, or a connection to the store, until the memory is collected. */
const letGo = (opened: readonly NodeJS.ReadableStream[]): void => {
  for (const content of opened) if (content instanceof Readable) content.destroy();
};

/** Runs the stages once, within its limits. Never throws: what went wrong is part of the answer. */
export const attempt = async (
  begin: Work,
  reach: Omit<Reach, 'signal'>,
  { deadlineMs, gone }: Limits,
): Promise<Attempted> => {
  const { signal, end } = limitTo(deadlineMs, gone);
  const course: Course = { work: begin, stage: choose, sending: null, calls: [] };
  const opened: NodeJS.ReadableStream[] = [];
  const attachment: Reach['attachment'] = async (uri) => {
    const found = await reach.attachment(uri);
    opened.push(found.content);
    if (signal.aborted) letGo(opened);
    return found;
  };
  const going = notingCalls(course.calls, () => follow(course, { ...reach, attachment, signal }));
  try {
    await unlessLate(going, signal);
    return {
      ...sendingOf(course),
      work: course.work,
      calls: course.calls,
      trouble: null,
      frames: [],
    };
  } catch (error) {
    const { work, calls, stage } = course;
    const connector = work.operation?.open.connector.title ?? begin.shipment.target;
    const trouble = troubleOf(error, { stage: stage.name, connector, late: signal.aborted });
    const frames = trouble.verdict === 'unknown' ? framesOf(error) : [];
    return { ...sendingOf(course), work, calls, trouble, frames };
  } finally {
    end();
    letGo(opened);
  }
};

/** How far an attempt has come. */
interface Course {
  work: Work;
  stage: Stage;
  /** Moments on the clock of `performance.now()`; null before it. */
  sending: { readonly began: number; ended: number | null } | null;
  readonly calls: Call[];
}

const sendingOf = ({ sending }: Course): Pick<Attempted, 'sendMs' | 'sent'> => ({
  sendMs: sending ? (sending.ended ?? performance.now()) - sending.began : 0,
  sent: sending !== null && sending.ended !== null,
});

const follow = async (course: Course, reach: Reach): Promise<void> => {
  for (const stage of attemptStages) {
    course.stage = stage;
    reach.signal.throwIfAborted();
    const sending = stage === send ? { began: performance.now(), ended: null } : null;
    course.sending ??= sending;
    course.work = await run(stage, course.work, reach);
    if (sending) course.sending = { ...sending, ended: performance.now() };
  }
};

/** A stage that throws at once rejects like one that throws later. */
const run = async (stage: Stage, work: Work, reach: Reach): Promise<Work> => stage.run(work, reach);
