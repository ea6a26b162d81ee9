import { afterEach, expect, it } from '@jest/globals';
import { restPerSecond } from './level.js';
import { Turns } from './turns.js';

const leastPerSecond = 10;
let turns: Turns;
const clock = { ms: 0 };
const process = { lateMs: 0 };

const open = (): Turns => {
  clock.ms = 0;
  process.lateMs = 0;
  turns = new Turns({
    lateness: { takeMs: () => process.lateMs, close: () => undefined },
    leastPerSecond,
    now: () => clock.ms,
  });
  return turns;
};
afterEach(() => turns.close());

/** What has begun, in its order. */
const begun: string[] = [];
const ask = (
  tenant: string,
  name: string,
  options: { queue?: string; gone?: () => boolean; crowded?: boolean } = {},
) => {
  const { queue = 'topdesk', gone = () => false, crowded = tenant === 'crowd' } = options;
  return turns
    .take({ tenant, queue, gone, crowded })
    .then((mayBegin) => void begun.push(mayBegin ? name : `${name} gone`));
};
const askMany = (tenant: string, count: number, queue?: string): void => {
  for (let number = 1; number <= count; number += 1)
    void ask(tenant, `${tenant} ${number}`, queue === undefined ? {} : { queue });
};
const countOf = (tenant: string): number => begun.filter((name) => name.startsWith(tenant)).length;

/** The process has been late for long. */
const beLate = (): void => {
  process.lateMs = 100;
  for (let times = 0; times < 50; times += 1) {
    clock.ms += 100;
    turns.measure();
  }
  begun.length = 0;
};
/** So much time passes, and everybody says meanwhile that they are there. */
const passMs = async (ms: number, there: readonly string[]): Promise<void> => {
  for (let left = ms; left > 0; left -= 100) {
    clock.ms += Math.min(100, left);
    for (const tenant of there) await ask(tenant, `${tenant} is there`);
    turns.look();
    await Promise.resolve();
  }
};

it('lets nobody wait while the process comes to everything in time', async () => {
  open();
  begun.length = 0;
  turns.measure();
  askMany('crowd', 1_000);
  await ask('quiet', 'quiet');
  expect(countOf('crowd')).toBe(1_000);
});

it('lets who comes with very much at once beside others show first what can be carried', async () => {
  open();
  await ask('quiet', 'quiet');
  begun.length = 0;
  askMany('crowd', 1_000);
  expect(turns.waiting).toBeGreaterThan(1_000 - restPerSecond);
  for (let second = 0; second < 60 && turns.waiting > 0; second += 1) {
    for (let times = 0; times < 10; times += 1) turns.measure();
    await passMs(1_000, ['quiet']);
  }
  expect(countOf('crowd')).toBe(1_000);
  expect(turns.level).toBeGreaterThan(restPerSecond);
});

it('gives a crowd half the turns of the rest where the process is late, and lets the quiet pass it', async () => {
  open();
  beLate();
  expect(turns.level).toBe(leastPerSecond);
  await ask('quiet', 'quiet 0');
  askMany('crowd', 1_000);
  await ask('quiet', 'quiet 1');
  expect(begun.at(-1)).toBe('quiet 1');
  const atOnce = countOf('crowd');
  expect(atOnce).toBe(4 * leastPerSecond);
  await passMs(1_000, ['quiet']);
  expect(countOf('crowd') - atOnce).toBe(leastPerSecond / 2);
  expect(begun.filter((name) => name.startsWith('crowd'))).toEqual(
    Array.from({ length: countOf('crowd') }, (_, index) => `crowd ${index + 1}`),
  );
  expect(turns.waiting).toBe(1_000 - countOf('crowd'));
});

it('lets who asks for little for long save up more than a newcomer has, and half of that for a crowd', async () => {
  open();
  beLate();
  await ask('steady', 'steady');
  await ask('crowd', 'crowd');
  await passMs(20_000, ['quiet']);
  begun.length = 0;
  for (const tenant of ['steady', 'newcomer', 'crowd']) askMany(tenant, 500);
  await Promise.resolve();
  const counts = ['steady', 'newcomer', 'crowd'].map(countOf);
  expect(counts).toEqual([12, 4, 6].map((seconds) => seconds * leastPerSecond));
});

it('lets a crowd get on beside what else its tenant has without end', async () => {
  open();
  beLate();
  await ask('quiet', 'quiet');
  askMany('crowd', 100);
  const before = countOf('crowd');
  for (let second = 0; second < 4; second += 1) {
    for (let number = 0; number < 100; number += 1)
      void ask('crowd', 'rest', { queue: 'other', crowded: false });
    await passMs(1_000, ['quiet']);
  }
  expect(countOf('crowd')).toBeGreaterThan(before);
});

it('lets the other lines of a tenant that has a crowd at one of them pass it', async () => {
  open();
  beLate();
  await ask('quiet', 'quiet');
  for (let number = 0; number < 100; number += 1) void ask('aalter', 'topdesk', { crowded: true });
  void ask('aalter', 'loket');
  await passMs(200, ['quiet']);
  expect(begun).toContain('loket');
  expect(begun.filter((name) => name === 'topdesk').length).toBeLessThan(100);
});

it('keeps a tenant within the level with all that it has, its crowd and the rest', async () => {
  open();
  beLate();
  await ask('quiet', 'quiet');
  for (let number = 0; number < 500; number += 1) {
    void ask('flood', 'crowd', { crowded: true });
    void ask('flood', 'rest');
  }
  // What it had saved up.
  await passMs(20_000, ['quiet']);
  begun.length = 0;
  await passMs(10_000, ['quiet']);
  expect(['crowd', 'rest'].map((name) => Math.round(countOf(name) / 10))).toEqual([5, 5]);
});

/** The level after so many seconds in which all of these ask for more than they get, the process is late, and some ask for little. */
const levelAmong = async (busy: number, quiet: number): Promise<number> => {
  open();
  process.lateMs = 100;
  const names = (kind: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${kind} ${index}`);
  for (let second = 0; second < 30; second += 1)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      for (const tenant of names('busy', busy)) askMany(tenant, 10);
      turns.measure();
      await passMs(100, tenth === 0 ? names('quiet', quiet) : []);
    }
  return turns.level;
};

it('holds nobody back for being as busy as most, however late the process is', async () => {
  expect(await levelAmong(8, 1)).toBeGreaterThan(10 * leastPerSecond);
  expect(await levelAmong(8, 8)).toBe(leastPerSecond);
});

it('lets queues of a tenant take turns', async () => {
  open();
  beLate();
  await ask('quiet', 'quiet');
  askMany('crowd', 100, 'first');
  begun.length = 0;
  void ask('crowd', 'other 1', { queue: 'second' });
  await passMs(1_000, ['quiet']);
  expect(begun).toContain('other 1');
});

it('keeps nobody back for others that are not there, or that themselves have more than their share', async () => {
  open();
  beLate();
  askMany('crowd', 100);
  expect(turns.waiting).toBe(0);
  await ask('quiet', 'quiet');
  askMany('crowd', 100);
  expect(turns.waiting).toBe(100);
  await passMs(999, []);
  expect(turns.waiting).toBeGreaterThan(0);
  await passMs(2, []);
  expect(turns.waiting).toBe(0);
});

it('tells what is gone meanwhile that it may not begin, and takes no turn of others for it', async () => {
  open();
  beLate();
  await ask('quiet', 'quiet');
  askMany('crowd', 100);
  let isGone = false;
  const waiting = ask('crowd', 'late', { queue: 'other', gone: () => isGone });
  isGone = true;
  turns.look();
  await waiting;
  expect(begun.at(-1)).toBe('late gone');
});

it('lets everything begin once the process is about to end', async () => {
  open();
  beLate();
  await ask('quiet', 'quiet');
  askMany('crowd', 100);
  turns.close();
  await Promise.resolve();
  expect(countOf('crowd')).toBe(100);
});
