import { calendar } from './fold.js';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: calendar,
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});

/** How far the clock here is ahead of UTC at that moment. */
const aheadMs = (moment: number): number => {
  const read = Object.fromEntries(
    parts.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1_000) * 1_000;
};

const beginOf = (year: number, month: number): Date => {
  const midnight = Date.UTC(year, month);
  return new Date(midnight - aheadMs(midnight - aheadMs(midnight)));
};

/** A month of the calendar here. */
export interface Month {
  /** `2026-10` */
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

/** The month of that name, such as `2026-10`. */
export const monthNamed = (name: string): Month => {
  const [year = 0, month = 1] = name.split('-').map(Number);
  return { name, from: beginOf(year, month - 1), until: beginOf(year, month) };
};

/** Name of the month that it is at that moment here. */
export const monthOf = (moment: Date): string => {
  const here = new Date(moment.getTime() + aheadMs(moment.getTime()));
  return here.toISOString().slice(0, 7);
};

/** Name of the month so many before. */
export const monthBefore = (name: string, count: number): string => {
  const [year = 0, month = 1] = name.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - count)).toISOString().slice(0, 7);
};
