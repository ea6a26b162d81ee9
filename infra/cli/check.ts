import type { Command } from 'commander';
import { instancesOf, openInstance, patienceMs, withTenant, wordsOf } from './connection.js';
import type { Means } from './connection.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';

/** What came of asking one system; `detail` says what fails. */
interface Checked {
  readonly target: string;
  readonly outcome: 'works' | 'fails' | 'unanswered';
  readonly detail: string | null;
}

interface CheckOptions extends OperatorOptions {
  readonly byBus?: boolean;
}

/** Where the connector says nothing. */
const unsaid = {
  fails: 'fails',
  unanswered:
    'no process of delivery answered: look whether one runs, is ready, and reaches PostgreSQL',
};

const wordsOfCheck = ({ target, outcome, detail }: Checked): string =>
  outcome === 'works' ? `✓ ${target}  answers` : `✗ ${target}  ${detail ?? unsaid[outcome]}`;

const checkHere = async (means: Means, target?: string): Promise<Checked[]> => {
  const checked: Checked[] = [];
  for (const instance of instancesOf(means.tenant, target)) {
    const { name } = instance;
    try {
      const { connector, client } = await openInstance(means, instance);
      await connector.check(client, { signal: AbortSignal.timeout(patienceMs) });
      checked.push({ target: name, outcome: 'works', detail: null });
    } catch (error) {
      checked.push({ target: name, outcome: 'fails', detail: wordsOf(error) });
    }
  }
  return checked;
};

interface Overview {
  readonly tenants: readonly {
    readonly id: string;
    readonly targets: readonly { readonly target: string }[];
  }[];
}

const targetsOf = async (options: CheckOptions, tenant: string): Promise<readonly string[]> => {
  const { tenants } = await askMonitoring<Overview>(options, '/tenants');
  const found = tenants.find(({ id }) => id === tenant);
  if (!found) throw new Error(`there is no tenant "${tenant}" that you may see`);
  return found.targets.map(({ target }) => target);
};

const checkByBus = async (
  options: CheckOptions,
  tenant: string,
  target?: string,
): Promise<Checked[]> => {
  const targets = target === undefined ? await targetsOf(options, tenant) : [target];
  const path = (name: string): string =>
    `/checks/${encodeURIComponent(tenant)}/${encodeURIComponent(name)}`;
  return Promise.all(
    targets.map((name) =>
      askMonitoring<Checked>(options, path(name), { method: 'POST', body: {} }),
    ),
  );
};

const tell = (options: CheckOptions, checked: readonly Checked[]): void => {
  print(options, checked, () => checked.map(wordsOfCheck).join('\n'));
  if (checked.some(({ outcome }) => outcome !== 'works')) process.exitCode = 1;
};

/** Adds `lb-bus check`: asks the systems of a tenant, changing nothing, whether the bus could work with them now. */
export const checkCommand = (program: Command): void => {
  withOperator(program.command('check'))
    .description('ask the systems of a tenant whether the bus could work with them now')
    .argument('<tenant>', 'the tenant')
    .argument('[connector]', 'name of one of its connectors; all of them without')
    .option('--by-bus', 'from where delivery runs, through monitoring; needs no keys here')
    .action(async (name: string, target: string | undefined, options: CheckOptions) => {
      if (options.byBus === true) tell(options, await checkByBus(options, name, target));
      else await withTenant(name, async (means) => tell(options, await checkHere(means, target)));
    });
};
