import type { Command } from 'commander';
import { begin, follow, type Beginning } from './order.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';
import { orderWords, ordersWords, progressLine, type Order } from './order-words.js';
import { selectionOf, withSelection, type SelectionOptions } from './selection.js';

interface ReplayOptions extends Beginning, SelectionOptions {
  readonly rate?: string;
  readonly stopAt?: string;
  readonly dryRun?: boolean;
}

const numberOf = (option: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Error(`${option} "${text}" is not a whole number`);
  return value;
};

const replay = async (options: ReplayOptions): Promise<void> => {
  const { reason } = options;
  const rate = numberOf('--rate', options.rate);
  const stopAt = numberOf('--stop-at', options.stopAt);
  const order = await askMonitoring<Order>(options, '/orders', {
    method: 'POST',
    body: {
      ...{ act: 'replay', selection: selectionOf(options), reason },
      ...(rate !== undefined && { ratePerSecond: rate }),
      ...(stopAt !== undefined && { stopAtFailurePercent: stopAt }),
    },
  });
  if (options.dryRun === true) {
    print(
      options,
      order,
      () => `${orderWords(order)}\nTo start it: lb-bus replay start ${order.id}`,
    );
    return;
  }
  await begin(options, order);
};

const verbs = [
  ['start', 'start a replay that was planned with --dry-run'],
  ['pause', 'let a replay rest; what is on its way goes on'],
  ['resume', 'let a replay go on that was paused or stopped itself'],
  ['cancel', 'end a replay; what was not released stays parked'],
] as const;

const steerCommand = (parent: Command, verb: string, description: string): void => {
  withOperator(parent.command(verb))
    .description(description)
    .argument('<id>', 'of the replay')
    .requiredOption('--reason <text>', 'why; it is recorded with your name')
    .action(async (id: string, options: OperatorOptions & { reason: string }) => {
      const { reason } = options;
      const path = `/orders/${encodeURIComponent(id)}/${verb}`;
      const order = await askMonitoring<Order>(options, path, { method: 'POST', body: { reason } });
      print(options, order, () => progressLine(order));
    });
};

/** Adds `lb-bus replay`: tries parked messages again, and steers replays that run. */
export const replayCommand = (program: Command): void => {
  const parent = withSelection(withOperator(program.command('replay')))
    .description('try parked messages again: shows what would happen, then starts and follows')
    .enablePositionalOptions()
    .option('--rate <number>', 'messages per second at most, after a slow start (10)')
    .option('--stop-at <percent>', 'stops by itself when more than this fail (20; 100: never)')
    .option('--reason <text>', 'why; it is recorded with your name')
    .option('--dry-run', 'show what would happen, and start nothing')
    .option('--yes', 'without asking')
    .option('--no-follow', 'do not wait for its end')
    .action((options: ReplayOptions) => {
      if (!options.reason) throw new Error('say why: --reason "…"; it is recorded with your name');
      return replay(options);
    });
  withOperator(parent.command('list'))
    .description('replays, the latest first')
    .action(async (options: OperatorOptions) => {
      const { orders } = await askMonitoring<{ orders: Order[] }>(options, '/orders?act=replay');
      print(options, orders, () => ordersWords(orders));
    });
  withOperator(parent.command('show'))
    .description('how far a replay is, and who did what to it')
    .argument('<id>', 'of the replay')
    .action(async (id: string, options: OperatorOptions) => {
      const order = await askMonitoring<Order>(options, `/orders/${encodeURIComponent(id)}`);
      print(options, order, () => orderWords(order));
    });
  withOperator(parent.command('follow'))
    .description('tell how far a replay is until it stands still')
    .argument('<id>', 'of the replay')
    .action((id: string, options: OperatorOptions) => follow(options, encodeURIComponent(id)));
  for (const [verb, description] of verbs) steerCommand(parent, verb, description);
};
