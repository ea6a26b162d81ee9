import { publishAccepted, publishStep } from '#bus/audit.js';
import type { Bus } from '#bus/connection.js';
import { Unroutable } from '#bus/failures.js';
import { createAccept } from '#intake/accept.js';
import type { ObservedRequest } from '#kit/http.js';
import type { Database } from '#runtime/database.js';
import { readKeyFile, type KeyRing } from '#runtime/keys.js';
import type { DeliveryMetrics } from '#runtime/metrics.js';
import type { Turns } from '#runtime/turns/turns.js';
import type { DirectoryFollower } from '#tenants/directory.js';
import { pseudonymInIri } from '#tenants/pseudonym.js';
import { createMemory } from './store/memory.js';
import { openSettings } from '#tenants/settings.js';
import type { AttachmentStore } from '../attachments/store.js';
import { noteCall } from './calls.js';
import { Connections } from './connections.js';
import { Gate } from './gate.js';
import { InHand } from './in-hand.js';
import { Lanes } from './lanes.js';
import type { Line } from './line.js';
import { createPatience } from './patience.js';
import { createHandOver } from './hand-over.js';
import { createPostvak } from './postvak.js';
import type { StartOptions } from './options.js';
import { openTransactions } from './transactions.js';
import { questionTools } from './questions/start.js';
import { Received } from './received.js';
import { countRequest } from './requests.js';
import { tenantOf, type Audit, type Tools } from './tools.js';

export interface Dependencies {
  readonly database: Database;
  readonly directory: DirectoryFollower;
  readonly bus: Bus;
  readonly attachments: AttachmentStore;
  readonly metrics: DeliveryMetrics;
  readonly turns: Turns;
}

const auditOn = (bus: Bus, keysOf: (tenant: string) => KeyRing): Audit => {
  const healing = async (publish: () => Promise<void>): Promise<void> => {
    try {
      await publish();
    } catch (error) {
      if (!(error instanceof Unroutable)) throw error;
      await bus.declareQueue(error.queue);
      await publish();
    }
  };
  return {
    step: (record) => healing(() => publishStep(bus, record, keysOf(record.envelope.tenant))),
    accepted: ({ envelope }, body) => healing(() => publishAccepted(bus, envelope, body)),
  };
};

const openSecrets = (file: string | null, database: Database) => {
  if (file === null)
    throw new Error('set LBBUS_SECRET_KEY_FILE: delivery opens the secrets of connectors');
  return openSettings({ database, secretKek: readKeyFile(file) });
};

/** Makes the tools of the way from what the process lives on. */
export const assemble = (
  { config, log, connectors, timing }: StartOptions,
  { database, directory, bus, attachments, metrics, turns }: Dependencies,
  { givingUp, leaving }: { readonly givingUp: AbortSignal; readonly leaving: AbortSignal },
): Tools => {
  const current = () => directory.current();
  const keysOf = (tenant: string): KeyRing =>
    tenantOf({ directory: current }, { tenant, target: '' }).bodyKeys;
  const inHand = new InHand();
  const gate = new Gate();
  const observe =
    (line: Line) =>
    (request: ObservedRequest): void => {
      countRequest(metrics, line, request);
      noteCall(request);
    };
  const preparing = { directory: current, publicUrl: config.publicUrl, attachments };
  const accept = createAccept({
    ...preparing,
    publish: (queue, publication) => bus.publish(queue, publication),
    ensureQueues: (queues) => bus.ensureQueues(queues),
    metrics,
    log,
  });
  return {
    database,
    directory: current,
    attachments,
    metrics,
    log,
    timing,
    inHand,
    received: new Received(),
    accept,
    audit: auditOn(bus, keysOf),
    connections: new Connections({
      directory: current,
      connectors,
      openSettings: openSecrets(config.secretKeyFile, database),
      platformOf: (line) => ({
        handOver: createHandOver({ database, directory: current, attachments, accept }, line),
        postvak: createPostvak({ database, keysOf, inHand }, line),
        observe: observe(line),
        pseudonym: (number) => pseudonymInIri(number, keysOf(line.tenant)),
        memory: createMemory(database, line, () => keysOf(line.tenant)),
        sandbox: config.sandbox,
      }),
    }),
    gate,
    turns,
    lanes: new Lanes(),
    transactions: openTransactions({ database, directory: current, gate, timing }),
    patiently: createPatience({ stopping: givingUp, log }),
    questions: questionTools(database, preparing, leaving),
  };
};
