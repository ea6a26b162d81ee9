import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Static, TObject } from '@sinclair/typebox';
import type { ConnectorDefinition } from '../definition.js';
import type { Json } from '../message.js';
import type { SendContext } from '../operation.js';
import type { Source } from '../source.js';
import { openConnector } from '../open.js';
import { startSimulator } from '../simulator-host.js';
import type { Simulator } from '../simulator-host.js';

/** A simulated system and a connector's client of it, for tests of what is special to that connector. */
export interface Desk<C, S> {
  readonly simulator: Simulator;
  readonly client: C;
  readonly settings: S;
  readonly drive: (driver: string, input?: Json) => Json;
  /** Checks the settings, as "check now" does. */
  readonly check: () => Promise<unknown>;
}

/** The account of the simulator that desks use. */
export const deskAccount = { name: 'aalter', secret: 'geheim' };

const patienceMs = 10_000;

/** Starts a simulator and connects with these settings beside its own; close the simulator afterwards. */
export const openDeskOf = async <T extends TObject, C>(
  connector: ConnectorDefinition<T, C>,
  settings: Readonly<Record<string, unknown>> = {},
  secret: string = deskAccount.secret,
): Promise<Desk<C, Static<T>>> => {
  if (!connector.simulator) throw new Error(`${connector.id} has no simulator`);
  const { name } = deskAccount;
  const simulator = await startSimulator(connector.simulator, { accounts: [{ name, secret }] });
  const open = await openConnector(
    { ...simulator.settings(name), ...settings },
    {
      connector,
      tenant: name,
      instance: connector.id,
      allowedHosts: [],
      sandbox: true,
      postvak: { put: () => Promise.resolve() },
    },
  ).catch(async (failure: unknown) => {
    await simulator.close();
    throw failure;
  });
  const client = open.client as C;
  return {
    simulator,
    client,
    settings: open.settings,
    drive: (driver, input = {}) => simulator.drive(name, driver, input),
    check: async () => connector.check(client, { signal: AbortSignal.timeout(patienceMs) }),
  };
};

/** What `send` may know, of a first attempt whose attachments say their own address. */
export const contextOf = (options: Partial<SendContext> = {}): SendContext => ({
  messageId: randomUUID(),
  reference: null,
  redelivered: false,
  signal: AbortSignal.timeout(patienceMs),
  attachment: (uri) =>
    Promise.resolve({
      fileName: 'put in de wég.jpg',
      contentType: 'image/jpeg',
      sizeBytes: Buffer.byteLength(uri),
      content: Readable.from([Buffer.from(uri)]),
    }),
  ...options,
});

/** Every item after the cursor, page by page. */
export const look = async <C, S, I>(
  { client, settings, simulator }: Desk<C, S>,
  { poll }: Source<S, C, I>,
  cursor: Json,
): Promise<{ items: I[]; cursor: Json; pages: number }> => {
  if (!poll) throw new Error('the source polls nothing');
  const items: I[] = [];
  let at = cursor;
  for (let pages = 1; ; pages += 1) {
    const { signal } = new AbortController();
    const page = await poll.read(client, at, { signal, settings, now: simulator.now() });
    items.push(...page.items);
    at = page.cursor;
    if (!page.more) return { items, cursor: at, pages };
  }
};

/** What items say of one melding, one after the other, and what is remembered then. */
export const told = <C, S, I>(
  { settings }: Desk<C, S>,
  source: Source<S, C, I>,
  { items, state: known }: { items: readonly I[]; state: Json | undefined },
): { said: Record<string, unknown>[]; state: Json | undefined } => {
  const subject = 'https://meldingen.aalter.example/id/melding/1';
  let state = known;
  const said = items.flatMap((item) => {
    const result = source.map(item, { subject, state, settings });
    state = result.state;
    return result.message ? [result.message.data] : [];
  });
  return { said, state };
};
