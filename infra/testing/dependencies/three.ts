import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '#runtime/root.js';
import type { RunningRole, Stack, StartingRole } from '../processes.js';
import { until } from '../until.js';

/** The processes of the bus, in the order of a message. */
export const threeRoles = ['gateway', 'delivery', 'monitoring'] as const;
type Each<T> = Readonly<Record<(typeof threeRoles)[number], T>>;
/** One of each, ready. */
export type Three = Each<RunningRole>;

interface Health {
  readonly ready: boolean;
  readonly reason?: string;
  readonly limited?: string;
}

const patienceMs = 60_000;

const eachOf = async <T>(
  make: (role: (typeof threeRoles)[number]) => Promise<T>,
): Promise<Each<T>> => {
  const [gateway, delivery, monitoring] = await Promise.all([
    make('gateway'),
    make('delivery'),
    make('monitoring'),
  ]);
  return { gateway, delivery, monitoring };
};

const clockFile = (stack: Stack, role: string): string =>
  join(stack.deployment.stateFolder, `${role}.clock`);

/** Sets the wall clocks of the processes off by so many milliseconds, from now on. */
export const setClocks = async (stack: Stack, offMs: Each<number>): Promise<void> => {
  await eachOf((role) => writeFile(clockFile(stack, role), String(offMs[role])));
};

/** Starts one of each with clocks that can be set; they may have to wait before they are ready. */
export const beginThree = async (
  stack: Stack,
  environment: Record<string, string>,
): Promise<Each<StartingRole>> => {
  await setClocks(stack, { gateway: 0, delivery: 0, monitoring: 0 });
  return eachOf((role) =>
    stack.begin(role, {
      NODE_OPTIONS: `--import=${join(packageRoot, 'infra/testing/clock.mjs')}`,
      LBBUS_TEST_CLOCK_FILE: clockFile(stack, role),
      LBBUS_ISSUERS_FILE: '',
      ...environment,
    }),
  );
};

export const threeReady = (starting: Each<StartingRole>): Promise<Three> =>
  eachOf((role) => starting[role].ready());

export const killThree = async (three: Three): Promise<void> => {
  await eachOf((role) => three[role].kill());
};

/** Of `/health/ready`. */
export const healthOf = async ({
  internalUrl,
}: Pick<StartingRole, 'internalUrl'>): Promise<Health> =>
  (await (await fetch(`${internalUrl}/health/ready`)).json()) as Health;

/** Waits until the health of each says these words. */
export const untilSays = async (
  words: string,
  ...which: readonly Pick<StartingRole, 'internalUrl'>[]
): Promise<void> => {
  const says = async (one: Pick<StartingRole, 'internalUrl'>): Promise<boolean> => {
    const { reason = '', limited = '' } = await healthOf(one);
    return `${reason} ${limited}`.includes(words);
  };
  for (const one of which)
    await until(() => says(one), { what: `health to say "${words}"`, timeoutMs: patienceMs });
};

/** Waits until each does all its work again. */
export const untilWell = async (three: Three): Promise<void> => {
  const well = async (one: RunningRole): Promise<boolean> => {
    const { ready, limited } = await healthOf(one);
    return ready && limited === undefined;
  };
  for (const role of threeRoles)
    await until(() => well(three[role]), { what: `${role} to be well`, timeoutMs: patienceMs });
};

/** Begins to listen; answers how many lines each has logged since that match. */
export const hear = (three: Three): ((words: RegExp) => Record<string, number>) => {
  const before = threeRoles.map((role) => three[role].log().length);
  const since = (role: (typeof threeRoles)[number], index: number) =>
    three[role].log().slice(before[index]);
  return (words) =>
    Object.fromEntries(
      threeRoles.map((role, index) => [
        role,
        since(role, index).filter(({ msg }) => words.test(String(msg))).length,
      ]),
    );
};
