import { expect, it } from '@jest/globals';
import { courseLines, coursesOf } from './course.js';
import type { Point } from './trend.js';

/** Half an hour, a look each ten seconds. */
const seen = (valueAt: (minute: number) => number): Point[] =>
  Array.from({ length: 180 }, (_, index) => ({ at: index * 10_000, value: valueAt(index / 6) }));

const steadiness = (courses: Record<string, (minute: number) => number>) =>
  Object.fromEntries(
    coursesOf(new Map(Object.entries(courses).map(([name, at]) => [name, seen(at)]))).map(
      ({ name, steady }) => [name, steady],
    ),
  );

it('tells what grows: levels may go up and down, never up for good; rows may come with messages', () => {
  expect(
    steadiness({
      'message rows': (minute) => 1_000 * minute,
      'rows waiting': (minute) => (minute % 3 < 1.5 ? 400 : 5),
      'connections to PostgreSQL': (minute) => 30 + 2 * minute,
      'effect rows': (minute) => 3_000 * minute,
      'question rows': (minute) => 100 * minute ** 2,
      cursors: (minute) => (minute < 8 ? 10 * minute : 80),
    }),
  ).toEqual({
    'message rows': true,
    'rows waiting': true,
    'connections to PostgreSQL': false,
    'effect rows': true,
    'question rows': false,
    cursors: true,
  });
});

it('says how many rows each message leaves', () => {
  const courses = coursesOf(
    new Map([
      ['message rows', seen((minute) => 1_000 * minute)],
      ['effect rows', seen((minute) => 3_000 * minute)],
    ]),
  );
  expect(courseLines(courses).at(-1)).toMatch(/^effect rows .* yes {2}3\.000 for each message$/);
});
