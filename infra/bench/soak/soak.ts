import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drained } from '#infra/chaos/drain.js';
import type { Ground } from '#infra/chaos/ground.js';
import { openSetting, type Setting } from '#infra/chaos/setting.js';
import { doorsAt } from '#infra/load/doors.js';
import { newOperator, type Operator } from '#infra/load/operator.js';
import { randomFrom } from '#infra/load/random.js';
import { startReaders } from '#infra/load/readers.js';
import { Senders } from '#infra/load/senders.js';
import { courseLines, coursesOf, type Course } from './course.js';
import { growthOf, isSteady, tableOf, type Growth } from './growth.js';
import { Happened } from './happened.js';
import { pictureOf } from './picture.js';
import { rest } from './pulse.js';
import { Scale } from './scale.js';
import { live } from './town-life.js';
import { issuersAt, startTownSystems, type TownSystems } from './town-systems.js';
import { declaredTowns, newTowns, type Town } from './towns.js';
import { hang, operate } from './trouble.js';

export interface SoakOptions {
  readonly minutes: number;
  /** Messages that the applications of the 12 tenants send, together. */
  readonly perSecond: number;
}

type Print = (line: string) => void;

const tenants = 12;
const towns = 3;
const tellMs = 60_000;
const catchUpMs = 60_000;
const drainMs = 240_000;
const senderSeed = 5;
/** In a shorter one everything still warms up: it shows that all of it runs, and nothing of what grows. */
const leastMinutes = 10;

/** Each ten seconds; in a short soak more often, so that there is something to look at. */
const sampleMsOf = ({ minutes }: SoakOptions): number => Math.min(10_000, minutes * 1_000);

/** Everything that is under way in a soak. */
interface Soaking {
  readonly options: SoakOptions;
  readonly setting: Setting;
  readonly systems: TownSystems;
  readonly towns: readonly Town[];
  readonly operator: Operator;
  readonly scale: Scale;
  readonly happened: Happened;
  readonly telling: Telling;
}

interface Telling {
  readonly print: Print;
  /** What came of it. */
  readonly show: (lines: readonly string[]) => void;
}

/** The file of issuers, and the secret that it names. */
const writeIssuers = async (folder: string, { origin }: TownSystems): Promise<string> => {
  const file = join(folder, 'issuers.json');
  await writeFile(file, JSON.stringify(issuersAt(origin)));
  await writeFile(join(folder, 'issuer-secret'), `${randomBytes(16).toString('hex')}\n`);
  return file;
};

/** What happens besides the messages of the applications, until the signal. */
const besides = (soaking: Soaking, signal: AbortSignal): Promise<unknown> => {
  const { setting, systems, options, happened, operator } = soaking;
  const { perSecond, minutes } = options;
  const forMs = minutes * 60_000;
  const [gateway = ''] = setting.gateways;
  const [hanging] = setting.tenants.slice(-1);
  const names = setting.tenants.map(({ id }) => id);
  const random = randomFrom(7);
  return Promise.all([
    live({ gateway, towns: soaking.towns, systems, random, happened, signal, perSecond }),
    operate({ operator, tenants: names, happened, signal, forMs }),
    ...(hanging ? [hang({ ...setting, tenant: hanging, happened, signal, forMs })] : []),
  ]);
};

const weighFor = async (soaking: Soaking, senders: Senders): Promise<void> => {
  const { options, scale, happened, telling } = soaking;
  const begunAt = performance.now();
  const endAt = begunAt + options.minutes * 60_000;
  const never = new AbortController().signal;
  for (let toldAt = begunAt; performance.now() < endAt;) {
    await rest(sampleMsOf(options), never);
    await happened.guard('weighing', () => scale.weigh());
    if (performance.now() - toldAt < tellMs) continue;
    toldAt = performance.now();
    const minute = Math.round((toldAt - begunAt) / 60_000);
    telling.print(`    minute ${minute}: ${senders.accepted} messages taken, ${happened.words}`);
  }
};

/** What the soak showed. */
export interface Soaked {
  readonly growths: readonly Growth[];
  readonly courses: readonly Course[];
  /** Messages of the applications. */
  readonly messages: number;
  /** What went otherwise than it should: answers, a process that ended, what never came to its end. */
  readonly flaws: readonly string[];
  /** True where nothing went wrong and, of a soak that is long enough to tell, nothing grew that may not. */
  readonly steady: boolean;
}

const conclude = ({ setting, scale, happened, options }: Soaking, messages: number): Soaked => {
  const { replicas } = setting;
  const growths = [...replicas.keys()].map((name) => growthOf(name, scale.memory.get(name) ?? []));
  const known = growths.filter((one) => one !== null);
  const courses = coursesOf(scale.courses);
  const ended = [...replicas.values()].flatMap(({ flaws }) => flaws);
  const flaws = [...happened.flaws, ...ended];
  const isShort = options.minutes < leastMinutes;
  const stayed =
    isShort ||
    (known.length === replicas.size &&
      known.every((one) => isSteady(one, messages)) &&
      courses.every((one) => one.steady));
  const steady = flaws.length === 0 && stayed;
  return { growths: known, courses, messages, flaws, steady };
};

const tell = async (soaking: Soaking, soaked: Soaked): Promise<void> => {
  const { telling, setting, scale, options, happened } = soaking;
  const short = `What grows is judged from ${leastMinutes} minutes on: this shows that everything runs.`;
  telling.show([
    happened.words,
    ...tableOf(soaked.growths, soaked.messages),
    ...courseLines(soaked.courses),
    ...soaked.flaws.slice(0, 20).map((flaw) => `✗ ${flaw}`),
    ...(options.minutes < leastMinutes ? [short] : []),
  ]);
  const picture = join(setting.ground.reportFolder, `soak-${options.minutes}.svg`);
  await writeFile(picture, pictureOf(scale.memory, scale.courses));
  telling.print(`    ${picture}`);
};

/** The load, then its end, then the end of what it left. */
const soak = async (soaking: Soaking): Promise<Soaked> => {
  const { setting, options, happened } = soaking;
  const doors = doorsAt(setting.gateways);
  const { acts } = setting.systems;
  const readers = startReaders({ doors, tenants: setting.tenants, acts, random: randomFrom(3) });
  const { perSecond } = options;
  const random = randomFrom(senderSeed);
  const senders = new Senders({ doors, tenants: setting.tenants, random, name: 'soak', perSecond });
  const over = new AbortController();
  const beside = besides(soaking, over.signal);
  try {
    senders.start();
    await weighFor(soaking, senders);
    over.abort();
    await Promise.all([senders.stop(catchUpMs), beside]);
    const { database, ground } = setting;
    const left = await drained({ database, broker: ground.broker }, drainMs, () => undefined);
    for (const words of left) happened.flaw(`at the end: ${words}`);
    for (const words of senders.flaws) happened.flaw(words);
    const soaked = conclude(soaking, senders.accepted);
    await tell(soaking, soaked);
    return soaked;
  } finally {
    over.abort();
    await readers.stop();
  }
};

/**
 * Lets mixed traffic pass for so many minutes, and weighs processes, database and broker meanwhile. Twelve tenants send
 * meldingen, additions, statuses, attachments, repeats, conflicts and invalid messages to three systems and a postvak each;
 * one of their systems hangs now and then, and an operator replays and discards what is parked. Three more ask MAGDA, and
 * take meldingen of Mijn Burgerprofiel to Dynamics 365 and TOPdesk, whose staff changes them and calls back.
 */
export const runSoak = async (
  ground: Ground,
  options: SoakOptions,
  telling: Telling,
): Promise<Soaked> => {
  const coupled = newTowns(towns);
  const systems = await startTownSystems(coupled);
  try {
    const operator = await newOperator(ground);
    const issuers = await writeIssuers(ground.folder, systems);
    const declared = declaredTowns(coupled, `${systems.origin}/op`, systems.settingsOf);
    const environment = { ...operator.environment, LBBUS_ISSUERS_FILE: issuers };
    const setting = await openSetting(ground, {
      tenants,
      direct: true,
      replicas: { gateway: 1, delivery: 1, monitoring: 1 },
      ...{ beside: declared, environment },
    });
    const { perSecond, minutes } = options;
    telling.show([
      `${perSecond} messages a second of ${tenants} tenants for ${minutes} minutes, and more`,
    ]);
    const scale = new Scale(setting);
    const happened = new Happened();
    const what = { options, setting, systems, operator, scale, happened, telling };
    try {
      return await soak({ ...what, towns: coupled });
    } finally {
      await setting.close();
    }
  } finally {
    await systems.close();
  }
};
