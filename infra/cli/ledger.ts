import { putAgain } from '#infra/backup/again.js';
import { readLedger, uncollected, type Balance } from '#infra/backup/ledger.js';
import { wordsOf } from '#infra/backup/words.js';
import { connectBus, type Bus } from '#bus/connection.js';
import { discoverConnectors } from '#kit/discover.js';
import { createLog } from '#runtime/log.js';
import type { OwnerDatabase } from '#tenants/owner.js';
import { readStored } from '#tenants/stored.js';
import type { Command } from 'commander';
import { withOwner } from './declared.js';
import { required } from './environment.js';

const brokerMs = 10_000;
/** What was accepted since then may be on its way. */
const settlingMs = 120_000;

interface LedgerCommandOptions {
  readonly tenant?: string;
  readonly before?: string;
  readonly again?: boolean;
  readonly mayRepeat?: boolean;
  readonly json?: boolean;
}

const withBus = async <T>(work: (bus: Bus) => Promise<T>): Promise<T> => {
  const log = createLog('lb-bus', 'silent');
  const bus = connectBus({ url: required('AMQP_URL'), name: 'lb-bus ledger', log });
  try {
    await bus.ready(brokerMs);
    return await work(bus);
  } finally {
    await bus.close();
  }
};

const momentOf = (before: string | undefined): Date => {
  const moment = before === undefined ? Date.now() - settlingMs : Date.parse(before);
  if (Number.isNaN(moment)) throw new Error(`"${before}" is no moment: 2027-01-31T12:00:00Z`);
  return new Date(moment);
};

/** Whether a type acts twice at an instance: by `tenant|target`. */
const readRepeating = async (database: OwnerDatabase) => {
  const connectors = await discoverConnectors();
  const { tenants } = await database.scoped('*', readStored);
  const instances = new Map(
    tenants.flatMap(({ id, connectors: own }) =>
      own.map(({ name, connector }) => [`${id}|${name}`, connectors.get(connector)] as const),
    ),
  );
  return (tenant: string, target: string, type: string): boolean =>
    Object.values(instances.get(`${tenant}|${target}`)?.operations ?? {}).some(
      ({ accepts, redelivery }) =>
        redelivery === 'may-repeat' && (accepts === 'any' || accepts.type === type),
    );
};

const sayLeft = (tenant: string, target: string, why: string, ids: readonly string[]): void => {
  if (ids.length === 0) return;
  console.log(`${tenant} ${target}: ${ids.length} ${why}:`);
  for (const id of ids) console.log(`  ${id}`);
};

const bringAgain = async (
  database: OwnerDatabase,
  bus: Bus,
  { balances, options }: { balances: readonly Balance[]; options: LedgerCommandOptions },
): Promise<void> => {
  const repeats = await readRepeating(database);
  for (const { tenant, missing } of balances)
    for (const { target, queued } of missing) {
      if (queued !== null && queued > 0) {
        console.log(
          `${tenant} ${target}: ${queued} are in its queue; run this again when it is empty`,
        );
        continue;
      }
      const { sent, bodiless, left } = await putAgain(
        { scoped: database.scoped, bus },
        {
          tenant,
          target,
          before: momentOf(options.before),
          maySend: (type) => options.mayRepeat === true || !repeats(tenant, target, type),
        },
      );
      console.log(`${tenant} ${target}: ${sent} put in its queue again`);
      const decide = 'may have been done, and this system cannot be asked; --may-repeat sends them';
      sayLeft(tenant, target, decide, left);
      sayLeft(tenant, target, 'without a body any more; ask the sender', bodiless);
    }
};

const ledger = (options: LedgerCommandOptions): Promise<void> =>
  withOwner((database) =>
    withBus(async (bus) => {
      const wish = { tenant: options.tenant ?? null, before: momentOf(options.before) };
      const balances = await readLedger({ scoped: database.scoped, bus }, wish);
      if (options.again === true) return bringAgain(database, bus, { balances, options });
      if (options.json === true) {
        console.log(JSON.stringify(balances, null, 2));
        return;
      }
      for (const balance of balances) console.log(wordsOf(balance));
      const waiting = await uncollected(bus);
      if (waiting > 0)
        console.log(
          `${waiting} messages with records are not collected yet: look again when there are none.`,
        );
    }),
  );

/** Adds `lb-bus ledger`: where every message is, what is nowhere, and what senders have to be asked for again. */
export const ledgerCommand = (program: Command): void => {
  program
    .command('ledger')
    .description('balance every message: ended, standing, on the way, or nowhere after a loss')
    .option('-t, --tenant <tenant>', 'only this tenant')
    .option(
      '--before <moment>',
      'what was accepted later is on its way; two minutes ago by default',
    )
    .option('--again', 'put what is nowhere into the queue of its target again')
    .option('--may-repeat', 'with --again: also what a system would do twice')
    .option('--json', 'as JSON')
    .action(ledger);
};
