import type { Act } from '#parked/orders.js';
import { announce } from '../settle.js';
import type { Recorded } from '../store/recorded.js';
import type { LeasedRow } from '../store/rows.js';
import { tellRow } from '../sweep.js';
import { busyMs } from '../timing.js';
import { instanceOf, type Tools } from '../tools.js';
import type { Order } from './store/orders.js';
import {
  allTold,
  discardedRows,
  endDiscarded,
  releasedRows,
  replacedRows,
  type Replaced,
} from './store/untold.js';

/** Steps that are told at the same time. */
const abreast = 10;

const inPieces = async <T>(
  all: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> => {
  for (let from = 0; from < all.length; from += abreast)
    await Promise.all(all.slice(from, from + abreast).map(work));
};

const ended = (sequence: number, detail: string) =>
  ({
    outcome: 'discarded',
    status: 'discarded',
    sequence,
    code: null,
    detail,
    nextAttemptAt: null,
  }) as const;

const tellReleased = async (tools: Tools, order: Order): Promise<void> => {
  const { database } = tools;
  const rows = await database.scoped('*', (trx) => releasedRows(trx, order));
  await inPieces(rows, (row) =>
    tellRow(tools, row, order.id, { outcome: 'released', status: 'waiting' }),
  );
  await database.scoped('*', (trx) => allTold(trx, order));
};

const tellDiscarded = async (tools: Tools, order: Order): Promise<void> => {
  const { database, timing } = tools;
  const rows = await database.scoped('*', (trx) => discardedRows(trx, order, busyMs(timing)));
  const detail = `An operator discarded it, under order ${order.id}`;
  await inPieces(rows, (row: LeasedRow) =>
    tellRow(tools, row, order.id, { ...ended(row.sequence + 1, detail), stays: false }),
  );
  await database.scoped('*', (trx) => endDiscarded(trx, order));
};

const tellReplaced = async (tools: Tools, order: Order, one: Replaced): Promise<void> => {
  const { tenant, target, envelope, body } = one;
  await tools.patiently('tell the copy', () =>
    tools.audit.accepted({ record: 'accepted', envelope }, body),
  );
  const shipment = { envelope: one.original, target, body };
  const detail = `Replaced by ${envelope.id}, a copy that an operator corrected, under order ${order.id}`;
  const recorded: Recorded = {
    ...ended(one.sequence + 1, detail),
    shipment,
    at: new Date(),
    externalId: null,
    conflictOf: null,
    answer: null,
    news: false,
    stays: true,
  };
  const line = { tenant, target };
  const origin = { kind: 'row', id: one.row_id, lease: order.id } as const;
  const connector = instanceOf(tools, line)?.connector ?? target;
  const doing = { connector, operation: null, durationMs: 0 };
  await announce(tools, { line, shipment, origin }, recorded, doing);
};

const tellEdited = async (tools: Tools, order: Order): Promise<void> => {
  const { database } = tools;
  const rows = await database.scoped('*', (trx) => replacedRows(trx, order));
  await inPieces(rows, (one) => tellReplaced(tools, order, one));
  await database.scoped('*', (trx) => allTold(trx, order));
};

const telling: Readonly<Record<Act, (tools: Tools, order: Order) => Promise<void>>> = {
  replay: tellReleased,
  discard: tellDiscarded,
  edit: tellEdited,
};

/** Tells what was written about the messages of an order and not told yet, also by a process that died in between. */
export const tellOrder = (tools: Tools, order: Order): Promise<void> =>
  telling[order.act](tools, order);
