import { setTimeout as pause } from 'node:timers/promises';
import { createInterface } from 'node:readline/promises';
import { askMonitoring, MonitoringAway, print, type OperatorOptions } from './operator.js';
import { orderWords, planWords, type Order } from './order-words.js';
import { openProgress, type Progress } from './progress.js';

const lookMs = 1_000;

/** How an order is begun: shown first, then confirmed by a person or by `--yes`, then followed to its end. */
export interface Beginning extends OperatorOptions {
  readonly reason: string;
  readonly yes?: boolean;
  readonly follow?: boolean;
}

/** Whether a person at the terminal agrees; throws where there is none to ask. */
const confirmed = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY)
    throw new Error(
      'nothing was started: nobody is there to confirm it; look at the plan, and say --yes',
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
};

const ended = new Set(['paused', 'stopped', 'cancelled', 'done']);

const waits = (order: Order): boolean =>
  !ended.has(order.state) || (order.state !== 'paused' && (order.progress['released'] ?? 0) > 0);

const away = 'monitoring does not answer; what was ordered goes on all the same';

const orderOrNull = async (options: OperatorOptions, path: string): Promise<Order | null> => {
  try {
    return await askMonitoring<Order>(options, path);
  } catch (error) {
    if (error instanceof MonitoringAway) return null;
    throw error;
  }
};

const silent: Progress = { show: () => undefined, say: () => undefined, end: () => undefined };

/**
 * Shows how far an order is until it stands still: a bar on a terminal, else a line whenever it changed. Exit code 1 unless
 * it is done with no failure.
 */
export const follow = async (options: OperatorOptions, id: string): Promise<void> => {
  const progress = options.json === true ? silent : openProgress(process.stdout);
  try {
    for (;;) {
      const order = await orderOrNull(options, `/orders/${id}`);
      if (order) progress.show(order);
      else progress.say(away);
      if (order && !waits(order)) {
        progress.end();
        tellEnd(options, order);
        return;
      }
      await pause(lookMs);
    }
  } finally {
    progress.end();
  }
};

const tellEnd = (options: OperatorOptions, order: Order): void => {
  if (options.json === true) print(options, order, () => '');
  if (order.state !== 'done' || (order.progress['failed'] ?? 0) > 0) process.exitCode = 1;
};

/** Starts an order that was planned, once it is confirmed; what is not is cancelled. */
export const begin = async (options: Beginning, order: Order): Promise<void> => {
  const { reason } = options;
  if (options.json !== true && order.plan) console.log(planWords(order, order.plan));
  const steer = (verb: string) =>
    askMonitoring<Order>(options, `/orders/${order.id}/${verb}`, {
      method: 'POST',
      body: { reason },
    });
  if (options.yes !== true && !(await confirmed(`Start this ${order.act}?`))) {
    await steer('cancel');
    console.log('Nothing was started.');
    return;
  }
  const started = await steer('start');
  if (options.follow !== false) return follow(options, order.id);
  print(options, started, () => orderWords(started));
};
