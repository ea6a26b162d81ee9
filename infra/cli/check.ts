import type { Command } from 'commander';
import { instancesOf, openInstance, patienceMs, withTenant, wordsOf } from './connection.js';
import type { Means } from './connection.js';

const checkAll = async (means: Means, target?: string): Promise<boolean> => {
  let good = true;
  for (const instance of instancesOf(means.tenant, target)) {
    try {
      const { connector, client } = await openInstance(means, instance);
      await connector.check(client, { signal: AbortSignal.timeout(patienceMs) });
      console.log(`✓ ${instance.name}  ${instance.connector} answers`);
    } catch (error) {
      good = false;
      console.log(`✗ ${instance.name}  ${wordsOf(error)}`);
    }
  }
  return good;
};

/** Adds `lb-bus check`: asks the systems of a tenant, changing nothing, whether the bus could work with them now. */
export const checkCommand = (program: Command): void => {
  program
    .command('check')
    .description('ask the systems of a tenant whether the bus could work with them now')
    .argument('<tenant>', 'the tenant')
    .argument('[connector]', 'name of one of its connectors; all of them without')
    .action((name: string, target: string | undefined) =>
      withTenant(name, async (means) => {
        if (!(await checkAll(means, target))) process.exitCode = 1;
      }),
    );
};
