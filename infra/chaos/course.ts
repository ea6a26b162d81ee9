import { setTimeout as pause } from 'node:timers/promises';
import { canBreak, wayOf, type Scene } from './breaking.js';
import { thingOf, type Fault, type Plan } from './plan.js';

/** A fault as it really went, ms since 1970. */
export interface Episode {
  readonly fault: Fault;
  readonly fromMs: number;
  /** It was whole again. */
  readonly toMs: number;
}

export interface Course {
  readonly episodes: readonly Episode[];
  /** What could not be broken or healed, in words. */
  readonly problems: readonly string[];
}

/** Told of each fault when it begins and when it was healed, or that it is left out. */
export type Follow = (fault: Fault, what: 'breaks' | 'healed' | 'left out', tookMs: number) => void;

/**
 * Brings about the faults of a plan at their times and heals them; resolves when all is whole. One thing suffers one fault
 * at a time: what is due while healing takes longer than planned, as on a slow machine, is left out, as is a disk that
 * cannot be filled here.
 */
export const runCourse = async (scene: Scene, plan: Plan, follow: Follow): Promise<Course> => {
  const beganMs = Date.now();
  const episodes: Episode[] = [];
  const problems: string[] = [];
  const broken = new Set<string>();
  const running: Promise<void>[] = [];

  const suffer = async (fault: Fault): Promise<void> => {
    const way = wayOf(scene, fault);
    const fromMs = Date.now();
    follow(fault, 'breaks', 0);
    try {
      await way.breaks();
      await pause(fault.forMs);
    } catch (error) {
      problems.push(`${thingOf(fault)} could not be broken: ${String(error)}`);
    }
    try {
      await way.heals();
    } catch (error) {
      problems.push(`${thingOf(fault)} could not be healed: ${String(error)}`);
    }
    const toMs = Date.now();
    episodes.push({ fault, fromMs, toMs });
    follow(fault, 'healed', toMs - fromMs);
  };
  for (const fault of plan.faults) {
    await pause(Math.max(0, beganMs + fault.atMs - Date.now()));
    const thing = thingOf(fault);
    if (broken.has(thing) || !canBreak(scene, fault)) {
      follow(fault, 'left out', 0);
      continue;
    }
    broken.add(thing);
    running.push(suffer(fault).finally(() => broken.delete(thing)));
  }
  await Promise.all(running);
  return { episodes, problems };
};
