import { Type } from '@sinclair/typebox';
import type { Message } from '#kit/message.js';
import type { Reference, SendContext } from '#kit/operation.js';
import { defineConnector } from '#kit/definition.js';
import { operation } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { HandOver } from '#kit/platform.js';
import { flag, text } from '#kit/settings.js';
import { meldingAangevuld, meldingIngediend, meldingStatusGewijzigd } from '#oslo/melding/types.js';

/** The way to the tenant of the settings. */
type Neighbour = (message: Message, context: SendContext) => Promise<string | null>;

const to =
  (handOver: HandOver, tenant: string): Neighbour =>
  (message, { signal }) =>
    handOver(message, { tenant, signal });

const asItIs = (message: Message): Message => message;

const handMelding = async (
  neighbour: Neighbour,
  message: Message,
  context: SendContext,
): Promise<string> => {
  const id = await neighbour(message, context);
  if (id !== null) return id;
  throw new Failure('reject', 'That tenant has handed over this melding itself', {
    code: 'conflict',
    pointer: '/subject',
  });
};

/** What concerns a melding that was never handed over stays here. */
const handProgress = (
  neighbour: Neighbour,
  message: Message,
  context: SendContext,
): Promise<string | null> =>
  context.reference === null ? Promise.resolve(null) : neighbour(message, context);

const referTo = (externalId: string): Reference => ({ externalId });

export const overdracht = defineConnector({
  id: 'overdracht',
  title: 'Overdracht',
  summary:
    'Hands meldingen over to another tenant of this bus, with their attachments, and exchanges their statuses and additions with it.',
  docs: 'docs/hand-over-meldingen.md',
  interface: { protocol: 'bus', carries: 'the message as it came, with its attachments' },
  settings: Type.Object({
    tenant: text('Id of the other tenant, which has to name this one in the same way.'),
    accepts: flag('Takes over meldingen of that tenant.', { default: false }),
    verwerking: Type.Optional(
      text(
        'Processing activity, of the register of this tenant, under which what that tenant hands over is processed; needed to take over meldingen.',
      ),
    ),
  }),
  connect: ({ tenant }, { handOver }): Neighbour => to(handOver, tenant),
  check: () => Promise.resolve(null),
  operations: {
    handMelding: operation({
      summary: 'Lets the melding enter at the other tenant, with its attachments.',
      accepts: meldingIngediend,
      redelivery: 'idempotent',
      map: asItIs,
      send: handMelding,
      refer: referTo,
    }),
    handStatus: operation({
      summary: 'Tells the other tenant the status of a melding that was handed over.',
      accepts: meldingStatusGewijzigd,
      redelivery: 'idempotent',
      map: asItIs,
      send: handProgress,
    }),
    handAddition: operation({
      summary: 'Tells the other tenant what was added to a melding that was handed over.',
      accepts: meldingAangevuld,
      redelivery: 'idempotent',
      map: asItIs,
      send: handProgress,
    }),
  },
  simulator: null,
});
