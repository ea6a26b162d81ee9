import { randomUUID } from 'node:crypto';
import { contextOf } from '#kit/contract/desk.js';
import type { Desk } from '#kit/contract/desk.js';
import { violationsOf } from '#kit/contract/description-points.js';
import type { Derived, Json, Message } from '#kit/message.js';
import type { AnyOperation } from '#kit/operation.js';
import { openConnector } from '#kit/open.js';
import type { Magda } from './client.js';
import { magda } from './magda.connector.js';
import type { MagdaSettings } from './settings.js';

/** The connector's client of a simulated MAGDA. */
export type MagdaDesk = Desk<Magda, MagdaSettings>;

const messageOf = (data: Json): Message => ({
  busId: randomUUID(),
  tenant: 'aalter',
  id: '1',
  source: 'urn:lb:aalter:burgerzaken',
  type: '',
  subject: 'urn:uuid:5c1f5f0a-5a0e-4f44-9d0a-0d3c5a7b9e21',
  time: '2026-01-05T08:12:00Z',
  data,
  event: { verwerking: 'dienstverlening-burgerzaken' },
});

/** Puts a question and gives its answer; throws where that is not valid OSLO. */
export const ask = async (
  { client, settings }: MagdaDesk,
  operation: keyof typeof magda.operations,
  data: Json,
): Promise<Record<string, unknown>> => {
  const one = magda.operations[operation] as unknown as AnyOperation;
  const message = messageOf(data);
  const request = one.map(message, settings);
  const result = await one.send(client, request, contextOf({ messageId: message.busId }));
  const derived = one.answer?.(result, message, settings) as Derived;
  const wrong = violationsOf(derived.type, derived.data);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return derived.data;
};

/** The same simulator, reached with other settings. */
export const reopened = async (
  desk: MagdaDesk,
  change: Readonly<Record<string, unknown>>,
): Promise<MagdaDesk> => {
  const { client, settings } = await openConnector(
    { ...desk.simulator.settings('aalter'), ...change },
    {
      connector: magda,
      tenant: 'aalter',
      instance: 'magda',
      allowedHosts: [],
      sandbox: true,
      postvak: { put: () => Promise.resolve() },
    },
  );
  return { ...desk, client: client as Magda, settings: settings as MagdaSettings };
};

/** An organisation by its number. */
export const organisatie = (desk: MagdaDesk, number: string): Promise<Record<string, unknown>> =>
  ask(desk, 'lookUpOrganisation', { registratie: { identificator: number } });
