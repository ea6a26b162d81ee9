import { floorTrend, type Point, type Trend } from './trend.js';

/** How the number of something went: of rows, messages, connections. */
export interface Course extends Trend {
  readonly name: string;
  /** How many more of it with each message; null of what has to stay as it is whatever comes. */
  readonly perMessage: number | null;
  readonly steady: boolean;
}

/** What is kept of messages: how many more of it each message may leave. All else must not grow. */
const leftByMessage: Readonly<Record<string, number>> = {
  'effect rows': 5,
  'reference rows': 5,
  'question rows': 1,
  'kept rows': 1,
  'memory rows': 1,
  'consultation rows': 1,
  'parked order rows': 2,
  'message rows': 1,
  'step rows': 25,
  'database MiB': 0.1,
};

/** A rise of a level that says nothing. */
const freeRise = 20;
const freeShare = 0.25;

const courseOf = (name: string, { from, to }: Trend, messages: number): Course => {
  const most = leftByMessage[name];
  const rise = to - from;
  if (most === undefined) {
    const steady = rise <= Math.max(freeRise, freeShare * from);
    return { name, from, to, perMessage: null, steady };
  }
  const perMessage = messages === 0 ? 0 : rise / messages;
  return { name, from, to, perMessage, steady: perMessage <= most };
};

/** How everything went, after the warm-up; what was seen too seldom is left out. */
export const coursesOf = (seen: ReadonlyMap<string, readonly Point[]>): Course[] => {
  const trends = [...seen].flatMap(([name, points]) => {
    const trend = floorTrend(points);
    return trend ? [[name, trend] as const] : [];
  });
  const messages = new Map(trends).get('message rows');
  const grown = messages ? messages.to - messages.from : 0;
  return trends.map(([name, trend]) => courseOf(name, trend, grown));
};

const whole = (value: number): string => Math.max(0, value).toFixed(0).padStart(9);

/** A line for each, and what they mean. */
export const courseLines = (courses: readonly Course[]): string[] => [
  `${'after the warm-up'.padEnd(28)}     from        to  steady`,
  ...courses.map(({ name, from, to, perMessage, steady }) =>
    [
      name.padEnd(28),
      whole(from),
      whole(to),
      steady ? '    yes' : '     no',
      perMessage === null ? '' : `  ${perMessage.toFixed(3)} for each message`,
    ].join(''),
  ),
];
