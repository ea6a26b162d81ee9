import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { columns, counted } from './columns.js';
import { begin, follow, type Beginning } from './order.js';
import { askMonitoring, print, withOperator, type OperatorOptions } from './operator.js';
import type { Order } from './order-words.js';
import { selectionOf, withSelection, type SelectionOptions } from './selection.js';

interface Group {
  readonly group: string;
  readonly connector: string;
  readonly code: string;
  readonly cause: string;
  readonly count: number;
  readonly tenants: readonly { readonly tenant: string; readonly count: number }[];
  readonly types: readonly string[];
  readonly oldestAt: string;
  readonly newestAt: string;
}

interface Message {
  readonly tenant: string;
  readonly target: string;
  readonly id: string;
  readonly type: string | null;
  readonly subject: string | null;
  readonly digest: string | null;
  readonly parkedAt: string;
  readonly code: string;
  readonly detail: string | null;
}

interface Page {
  readonly messages: readonly Message[];
  readonly next: string | null;
}

/** More tenants of a group are only counted. */
const mostTenants = 5;

const tenantsWords = ({ tenants }: Group): string => {
  const named = tenants.slice(0, mostTenants).map(({ tenant, count }) => `${tenant} ${count}`);
  const more = tenants.length - named.length;
  return `${counted(tenants.length, 'tenant')}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Groups as a person reads them, the largest first. */
export const groupWords = (groups: readonly Group[]): string =>
  groups.length === 0
    ? 'Nothing is parked.'
    : groups
        .map((group) =>
          [
            `${group.group}  ${counted(group.count, 'message')}  ${group.connector}  ${group.code}`,
            `  ${group.cause || '(no words)'}`,
            `  ${tenantsWords(group)}`,
            `  ${group.types.join(', ')}; parked ${group.oldestAt} to ${group.newestAt}`,
          ].join('\n'),
        )
        .join('\n');

const pageWords = ({ messages, next }: Page): string =>
  [
    messages.length === 0
      ? 'Nothing is parked.'
      : columns(
          messages.map(({ parkedAt, tenant, target, id, code, type, detail }) => [
            parkedAt,
            `${tenant}/${target}`,
            id,
            code,
            type ?? '',
            detail ?? '',
          ]),
        ),
    ...(next === null ? [] : [`More: --cursor ${next}`]),
  ].join('\n');

interface ListOptions extends OperatorOptions, SelectionOptions {
  readonly messages?: boolean;
  readonly limit?: string;
  readonly cursor?: string;
}

const list = async (options: ListOptions): Promise<void> => {
  const { limit, cursor } = options;
  const query = new URLSearchParams(selectionOf(options));
  if (options.messages !== true) {
    const answer = await askMonitoring<{ groups: Group[] }>(options, `/parked?${query.toString()}`);
    print(options, answer.groups, () => groupWords(answer.groups));
    return;
  }
  if (limit !== undefined) query.set('limit', limit);
  if (cursor !== undefined) query.set('cursor', cursor);
  const page = await askMonitoring<Page>(options, `/parked/messages?${query.toString()}`);
  print(options, page, () => pageWords(page));
};

interface DiscardOptions extends Beginning, SelectionOptions {
  readonly message?: readonly string[];
}

const discard = async (options: DiscardOptions): Promise<void> => {
  const { message, reason } = options;
  const selection = { ...selectionOf(options), ...(message && { messages: message }) };
  const body = { act: 'discard', selection, reason };
  const order = await askMonitoring<Order>(options, '/orders', { method: 'POST', body });
  await begin(options, order);
};

interface EditOptions extends OperatorOptions {
  readonly reason: string;
  readonly patch?: string;
  readonly data?: string;
  readonly digest?: string;
}

const jsonIn = async (file: string | undefined): Promise<unknown> =>
  file === undefined ? undefined : (JSON.parse(await readFile(file, 'utf8')) as unknown);

/** Digest of the message as it stands now, where the operator did not say which was seen. */
const digestOf = async (options: EditOptions, place: Place): Promise<string> => {
  const { tenant, target, message } = place;
  for (let cursor = ''; ;) {
    const query = new URLSearchParams({ tenant, target, limit: '200', ...(cursor && { cursor }) });
    const page = await askMonitoring<Page>(options, `/parked/messages?${query.toString()}`);
    const found = page.messages.find(({ id }) => id === message);
    if (found) return found.digest ?? '';
    if (page.next === null)
      throw new Error(`message ${message} is not parked at ${target} of ${tenant}`);
    cursor = page.next;
  }
};

interface Place {
  readonly tenant: string;
  readonly target: string;
  readonly message: string;
}

const edit = async (place: Place, options: EditOptions): Promise<void> => {
  const { reason } = options;
  const [patch, data] = [await jsonIn(options.patch), await jsonIn(options.data)];
  const digest = options.digest ?? (await digestOf(options, place));
  const edited = await askMonitoring<Order & { copy: string }>(options, '/edits', {
    method: 'POST',
    body: {
      ...place,
      reason,
      ...(patch !== undefined && { patch }),
      ...(data !== undefined && { data }),
    },
    headers: { 'if-match': `"${digest}"` },
  });
  if (options.json !== true) console.log(`${edited.copy} takes its place`);
  await follow(options, edited.id);
};

/** Adds `lb-bus parked`: shows what is parked and why; discards it or corrects it. */
export const parkedCommand = (program: Command): void => {
  const parked = withSelection(withOperator(program.command('parked')))
    .description('show parked messages by group of cause; discard or correct them')
    .enablePositionalOptions()
    .option('--messages', 'one by one, newest first')
    .option('--limit <count>', 'messages on a page (50)')
    .option('--cursor <cursor>', 'the page after')
    .action((options: ListOptions) => list(options));
  withSelection(withOperator(parked.command('discard')))
    .description('let parked messages go for good; shows them first')
    .option('--message <id...>', 'these messages')
    .requiredOption('--reason <text>', 'why; it is recorded with your name')
    .option('--yes', 'without asking')
    .option('--no-follow', 'do not wait for its end')
    .action((options: DiscardOptions) => discard(options));
  withOperator(parked.command('edit'))
    .description('put a corrected copy in the place of a parked message')
    .argument('<tenant>')
    .argument('<target>')
    .argument('<message>', 'id of the message on the bus')
    .requiredOption('--reason <text>', 'why; it is recorded with your name')
    .option('--patch <file>', 'JSON merge patch of its data')
    .option('--data <file>', 'its data, whole')
    .option('--digest <digest>', 'of the message as you saw it; refused where it is another now')
    .action((tenant: string, target: string, message: string, options: EditOptions) =>
      edit({ tenant, target, message }, options),
    );
};
