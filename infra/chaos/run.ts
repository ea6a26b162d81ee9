import { setTimeout as pause } from 'node:timers/promises';
import { readKept } from '#infra/load/bus-ledger.js';
import { differences, type AnswersOf } from '#infra/load/compare.js';
import { doorsAt, type Doors } from '#infra/load/doors.js';
import type { Ledgers } from '#infra/load/ledger.js';
import { randomFrom } from '#infra/load/random.js';
import { startReaders } from '#infra/load/readers.js';
import { Senders } from '#infra/load/senders.js';
import { isIngediend } from '#infra/load/stories.js';
import { targets } from '#infra/load/tenants.js';
import { waitsOf, type Wait } from '#infra/load/waits.js';
import { untilWhole } from './breaking.js';
import { runCourse, type Course, type Follow } from './course.js';
import { drained, queueNames } from './drain.js';
import type { Ground } from './ground.js';
import { waitingOf, type Waiting } from './healthy.js';
import { leaksIn, leaksInLogs } from './leaks.js';
import { wordsOf, type Breakable, type Plan } from './plan.js';
import { openSetting, type Setting } from './setting.js';

export interface RunOptions extends Breakable {
  /** Messages that applications send, over all tenants. */
  readonly perSecond: number;
}

/** What a run has found. */
export interface Findings {
  readonly beganMs: number;
  readonly course: Course;
  readonly ledgers: Ledgers;
  readonly waits: readonly Wait[];
  readonly waiting: Waiting;
  /** How often the door gave each status; 0: no answer. */
  readonly answers: ReadonlyMap<number, number>;
  readonly repeats: number;
  readonly starts: number;
  readonly drainMs: number;
  /** Empty where every promise was kept. */
  readonly differences: readonly string[];
}

const drainPatienceMs = 240_000;
const answerPatienceMs = 120_000;
const countEveryMs = 10_000;

/** The service desk answers each new melding with a status, which goes to the other targets. */
const answersOf: AnswersOf = (sent) =>
  isIngediend(sent)
    ? { from: 'topdesk', to: targets.filter((target) => target !== 'topdesk') }
    : null;

/** Minutes and seconds since the begin of the load. */
const clock = (beganMs: number): string => {
  const seconds = Math.round((Date.now() - beganMs) / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

const episodeWords = (...[fault, what, tookMs]: Parameters<Follow>): string => {
  if (what === 'breaks') return `✗ ${wordsOf(fault)}`;
  return what === 'healed'
    ? `✓ ${wordsOf(fault)}: healed after ${(tookMs / 1_000).toFixed(1)} s`
    : `  ${wordsOf(fault)}: left out, it is still broken or cannot be broken here`;
};

const metricsLeaks = async ({ replicas }: Setting): Promise<string[]> => {
  const texts = await Promise.all(
    [...replicas.values()].map(async ({ name, internalPort }) => {
      const response = await fetch(`http://127.0.0.1:${internalPort ?? 0}/metrics`);
      return leaksIn(`the metrics of ${name}`, await response.text());
    }),
  );
  return texts.flat();
};

const leaksOf = async (setting: Setting): Promise<string[]> => [
  ...setting.watches.flatMap(({ leaks }) => leaks),
  ...(await metricsLeaks(setting)),
  ...leaksIn('the names of the queues', (await queueNames(setting.ground.broker)).join(' ')),
  ...(await leaksInLogs(setting.ground.logFolder)),
];

const brokenDoors = ({ answers }: Doors): string[] =>
  answers.has(500) ? [`the door answered 500 ${answers.get(500) ?? 0} times`] : [];

interface Load {
  readonly doors: Doors;
  readonly senders: Senders;
  readonly beganMs: number;
}

/** Loads the bus, breaks it after the plan, heals it, lets it drain, and compares the ledgers. */
export const runChaos = async (
  ground: Ground,
  { options, plan, print }: { options: RunOptions; plan: Plan; print: (line: string) => void },
): Promise<Findings> => {
  const setting = await openSetting(ground, options);
  const doors = doorsAt(setting.gateways);
  const { tenants, systems } = setting;
  const random = randomFrom(options.seed + 1);
  const senders = new Senders({ doors, tenants, random, perSecond: options.perSecond, name: 'c' });
  const readers = startReaders({
    doors,
    tenants,
    acts: systems.acts,
    random: randomFrom(options.seed + 2),
  });
  const load: Load = { doors, senders, beganMs: Date.now() };
  senders.start();
  const count = (): void =>
    print(
      `  ${clock(load.beganMs)}  ${senders.accepted} taken, ${systems.acts.list.length} done, ${senders.inFlight} at the door, ${systems.acts.repeats} repeats recognised`,
    );
  const counting = setInterval(count, countEveryMs);
  try {
    const course = await runCourse(setting, plan, (fault, what, tookMs) =>
      print(`  ${clock(load.beganMs)}  ${episodeWords(fault, what, tookMs)}`),
    );
    await pause(Math.max(0, load.beganMs + plan.endMs - Date.now()));
    await untilWhole(setting);
    print(`  ${clock(load.beganMs)}  the load ends; what is under way comes to its end`);
    await senders.stop(answerPatienceMs);
    const healedMs = Date.now();
    const left = await drained(
      { database: setting.database, broker: ground.broker },
      drainPatienceMs,
      (found) => print(`  ${clock(load.beganMs)}  still: ${found.slice(0, 4).join('; ')}`),
    );
    const drainMs = Date.now() - healedMs;
    return await conclude(setting, load, { course, plan, left, drainMs });
  } finally {
    clearInterval(counting);
    await readers.stop();
    await setting.close();
  }
};

interface End {
  readonly course: Course;
  readonly plan: Plan;
  readonly left: readonly string[];
  readonly drainMs: number;
}

const conclude = async (setting: Setting, load: Load, end: End): Promise<Findings> => {
  const { senders, doors, beganMs } = load;
  const { course, plan, left, drainMs } = end;
  const { acts } = setting.systems;
  const replicas = [...setting.replicas.values()];
  const ledgers = {
    sent: senders.sent,
    acts: [...acts.list],
    kept: await readKept(setting.database),
    left,
  };
  const atSystems = ledgers.acts.filter(({ target }) => target !== 'meldpunt');
  const waits = waitsOf(ledgers.sent, atSystems);
  const waiting = waitingOf(waits, {
    beganMs,
    quietUntilMs: beganMs + plan.quietMs,
    episodes: course.episodes,
    tenants: setting.tenants,
  });
  return {
    beganMs,
    course,
    ledgers,
    waits,
    waiting,
    answers: doors.answers,
    repeats: acts.repeats,
    starts: replicas.reduce((sum, { starts }) => sum + starts, 0),
    drainMs,
    differences: [
      ...course.problems,
      ...differences(ledgers, answersOf),
      ...senders.flaws,
      ...setting.systems.flaws(),
      ...brokenDoors(doors),
      ...replicas.flatMap(({ flaws }) => flaws),
      ...waiting.differences,
      ...(await leaksOf(setting)),
    ],
  };
};
