import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ground } from './ground.js';
import { pictureOf } from './picture.js';
import { planOf } from './plan.js';
import { reportOf } from './report.js';
import { runChaos, type Findings, type RunOptions } from './run.js';

export interface ChaosCommand {
  readonly options: RunOptions;
  /** Starts the servers; the caller stops them. */
  readonly openGround: () => Promise<Ground>;
  readonly print: (line: string) => void;
}

/** Beside the logs: what applications sent, systems did and the bus wrote down, what waited how long, and what was broken when. */
const keep = (ground: Ground, findings: Findings): Promise<void> =>
  writeFile(join(ground.logFolder, 'findings.json'), JSON.stringify(findings));

/** One whole run, told line by line; answers how many differences it found. */
export const chaos = async ({ options, openGround, print }: ChaosCommand): Promise<number> => {
  const plan = planOf(options);
  print(`  seed ${options.seed}: ${plan.faults.length} faults in ${options.minutes} minutes`);
  const ground = await openGround();
  for (const [name, space] of Object.entries(ground.spaces))
    if (!space) print(`  no file system of its own for the ${name}: it is not filled here`);
  const findings = await runChaos(ground, { options, plan, print });
  for (const line of reportOf(options, plan, findings)) print(line);
  const picture = join(ground.reportFolder, `${options.seed}-${options.minutes}.svg`);
  await writeFile(picture, pictureOf(plan, findings));
  print(`\n${picture}`);
  if (findings.differences.length > 0) await keep(ground, findings);
  return findings.differences.length;
};
