import type { IncomingMessage } from 'node:http';
import { Type, type Static, type TObject } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { v5 } from 'uuid';
import { publishStep } from '#bus/audit.js';
import type { Bus } from '#bus/connection.js';
import type { StepRecord } from '#bus/records.js';
import { Refusal } from '#intake/refusal.js';
import type { Database } from '#runtime/database.js';
import type { Access } from '../access/access.js';
import { json, type Answer } from '../answer.js';
import { parseMessage, requireText } from '../body/json.js';
import { readBody, type BodyLimits } from '../body/read.js';
import { acknowledge, giveBack, type AcknowledgedRow, type Place } from './leases.js';
import { placeOf } from './postvak.js';

const namespace = 'f3a0a1d6-58a1-5c0c-8f0e-3f6f0d6f4b52';
const mostLeases = 1_000;
const longestDelaySeconds = 86_400;
const limits: BodyLimits = { maxBytes: 64 * 1024, timeoutMs: 15_000 };

/** Comes after every delivery of the message. */
const acknowledgedSequence = 1_000_000;

const Leases = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
  minItems: 1,
  maxItems: mostLeases,
});
export const AckBody = Type.Object({ leases: Leases }, { additionalProperties: false });
export const NackBody = Type.Object(
  {
    leases: Leases,
    delaySeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: longestDelaySeconds })),
  },
  { additionalProperties: false },
);

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const bodyOf = async <T extends TObject>(
  request: IncomingMessage,
  shape: T,
): Promise<Static<T>> => {
  const bytes = await readBody(request, limits);
  requireText(bytes);
  const body = parseMessage(bytes);
  if (Value.Check(shape, body)) return body;
  const pointers = new Set([...Value.Errors(shape, body)].map(({ path }) => path));
  throw new Refusal('envelope-invalid', 400, {
    params: { variant: 'body' },
    reasons: [...pointers].map((pointer) => ({
      pointer,
      code: 'format',
      text: { key: pointer === '/delaySeconds' ? 'door.delay' : 'door.leases', params: {} },
    })),
  });
};

const stepOf = (row: AcknowledgedRow, { postvak }: Place, connector: string): StepRecord => ({
  record: 'step',
  stepId: v5(`${row.message}|${postvak}|acknowledged`, namespace),
  envelope: row.envelope,
  target: postvak,
  connector,
  operation: null,
  sequence: acknowledgedSequence,
  at: row.acknowledged_at.toISOString(),
  durationMs: 0,
  outcome: 'acknowledged',
  status: 'delivered',
  code: null,
  detail: null,
  externalId: null,
  nextAttemptAt: null,
  conflictOf: null,
});

const unknownOf = (leases: readonly string[], known: readonly string[]): string[] =>
  leases.filter((lease) => !known.includes(lease));

export interface SettleParts {
  readonly database: Database;
  readonly bus: Pick<Bus, 'publish'>;
}

/** Acknowledges leases; recorded before the answer, so that the status shows it. Throws 400, 403, 404, 503. */
export const ack = async (
  { database, bus }: SettleParts,
  { access, name, request }: Settlement,
): Promise<Answer> => {
  const place = placeOf(access, name);
  const { leases } = await bodyOf(request, AckBody);
  const connector = access.tenant.connectors.get(name)?.connector ?? name;
  const rows = await database.scoped(place.tenant, async (trx) => {
    const known = await acknowledge(
      trx,
      place,
      leases.filter((lease) => uuid.test(lease)),
    );
    // Before the commit: where the audit queue does not take it, nothing is acknowledged and the caller tries again.
    await Promise.all(
      known
        .filter(({ fresh }) => fresh)
        .map((row) => publishStep(bus, stepOf(row, place, connector), access.tenant.bodyKeys)),
    );
    return known;
  });
  const known = rows.map(({ lease }) => lease);
  return json(200, { acknowledged: known.length, unknown: unknownOf(leases, known) });
};

/** Gives leases back. Throws 400, 403, 404, 503. */
export const nack = async (
  { database }: Pick<SettleParts, 'database'>,
  { access, name, request }: Settlement,
): Promise<Answer> => {
  const place = placeOf(access, name);
  const { leases, delaySeconds = 0 } = await bodyOf(request, NackBody);
  const known = await database.scoped(place.tenant, (trx) =>
    giveBack(trx, place, { leases: leases.filter((lease) => uuid.test(lease)), delaySeconds }),
  );
  return json(200, { released: known.length, unknown: unknownOf(leases, known) });
};

interface Settlement {
  readonly access: Access;
  readonly name: string;
  readonly request: IncomingMessage;
}
