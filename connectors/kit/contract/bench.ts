import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type {
  AnyOperation,
  Attachment,
  Connector,
  Message,
  Reference,
  SendContext,
} from '../definition.js';
import { Failure } from '../failure.js';
import { openConnector } from '../open.js';
import type { OpenConnector } from '../open.js';
import type { Postvak } from '../platform.js';
import { startSimulator } from '../simulator-host.js';
import type { Simulator } from '../simulator-host.js';
import type { LedgerEntry } from '../simulator.js';
import { isOperationExample, messageOf, operationOf, readExamples } from './examples.js';
import type { OperationExample, SourceExample } from './examples.js';

/** What a connector brings along for its suite. */
export interface ContractOptions {
  /** Points that this connector cannot meet, each with its reason; one that it does meet is stale and fails. */
  readonly waivers?: Readonly<Record<string, string>>;
  /** Settings beside those with which the simulator is reached. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For each source: the drivers of the simulator that bring about one change each, in order. */
  readonly changes?: Readonly<Record<string, readonly string[]>>;
  /** Why there is no simulator, for a connector that calls nobody. */
  readonly withoutSimulator?: string;
}

export interface Subject {
  readonly connector: Connector;
  readonly folder: string;
  readonly options: ContractOptions;
  readonly operations: readonly OperationExample[];
  readonly sources: readonly SourceExample[];
}

export const subjectOf = (
  connector: Connector,
  folder: string,
  options: ContractOptions,
): Subject => {
  const examples = readExamples(folder);
  return {
    connector,
    folder,
    options,
    operations: examples.filter(isOperationExample),
    sources: examples.filter((example): example is SourceExample => !isOperationExample(example)),
  };
};

/** One message at one operation, sent as often as a point asks. */
export interface Delivery {
  readonly name: string;
  readonly operation: AnyOperation;
  readonly message: Message;
  readonly send: (options?: { redelivered?: boolean; signal?: AbortSignal }) => Promise<unknown>;
}

/** A simulator of its own and the connector that is pointed at it. */
export interface Bench {
  readonly simulator: Simulator;
  readonly open: OpenConnector;
  readonly delivery: (example: OperationExample) => Promise<Delivery>;
  /** A delivery that nothing precedes. */
  readonly first: (example: OperationExample) => Delivery;
  readonly close: () => Promise<void>;
}

const account = 'contract';

const noPostvak: Postvak = {
  put: () => Promise.reject(new Error('a postvak has no simulator')),
};

const photo = (uri: string): Attachment => {
  const content = Buffer.from(`bytes of ${uri}`);
  return {
    fileName: 'foto.jpg',
    contentType: 'image/jpeg',
    sizeBytes: content.length,
    content: Readable.from([content]),
  };
};

/** Tests wait so long for an answer that never comes. */
export const patienceMs = 10_000;

export const connectTo = (
  { connector, options }: Subject,
  settings: Record<string, unknown>,
): Promise<OpenConnector> =>
  openConnector(
    { ...settings, ...options.settings },
    {
      connector,
      tenant: account,
      instance: connector.id,
      allowedHosts: [],
      sandbox: true,
      postvak: noPostvak,
    },
  );

const sender =
  (
    open: OpenConnector,
    delivery: Omit<Delivery, 'send'>,
    reference: string | null,
    settings: Record<string, unknown>,
  ): Delivery['send'] =>
  async ({ redelivered = false, signal = AbortSignal.timeout(patienceMs) } = {}) => {
    const context: SendContext = {
      messageId: delivery.message.busId,
      reference,
      redelivered,
      signal,
      attachment: (uri) => Promise.resolve(photo(uri)),
    };
    return delivery.operation.send(
      open.client,
      delivery.operation.map(delivery.message, settings),
      context,
    );
  };

const deliveryOf = (
  open: OpenConnector,
  example: OperationExample,
  reference: string | null,
): Delivery => {
  const settings = { ...open.settings, ...example.settings };
  const message = messageOf(example.message, randomUUID());
  const described = { ...operationOf(open.connector, example), message };
  return { ...described, send: sender(open, described, reference, settings) };
};

/** A message about something that is not there yet needs it first: the first example of an operation that `refer`s and answers. */
const preceding = async (
  subject: Subject,
  open: OpenConnector,
  example: OperationExample,
): Promise<string | null> => {
  const makers = subject.operations.filter(
    (one) => operationOf(open.connector, one).operation.answers,
  );
  const [maker] = makers;
  if (!maker || makers.includes(example)) return null;
  const { operation, send, message } = deliveryOf(open, maker, null);
  const result = await send();
  return operation.refer?.(result, operation.map(message, open.settings))?.externalId ?? null;
};

/** Starts a simulator and connects; `close` it afterwards. */
export const openBench = async (subject: Subject): Promise<Bench> => {
  const { simulator: definition } = subject.connector;
  if (!definition) throw new Error(`${subject.connector.id} has no simulator`);
  const simulator = await startSimulator(definition, {
    accounts: [{ name: account, secret: randomUUID() }],
  });
  const open = await connectTo(subject, simulator.settings(account));
  return {
    simulator,
    open,
    delivery: async (example) => {
      const reference = await preceding(subject, open, example);
      simulator.clearRequests();
      return deliveryOf(open, example, reference);
    },
    first: (example) => deliveryOf(open, example, null),
    close: () => simulator.close(),
  };
};

/** How much the messages have brought about. */
export const effectsOf = ({ simulator }: Bench): number => simulator.effects(account).length;

/** What was asked of the system since the delivery began, tokens left out. */
export const askedOf = ({ simulator }: Bench): LedgerEntry[] =>
  simulator.requests().filter(({ forToken }) => !forToken);

export const drive = ({ simulator }: Bench, driver: string): unknown =>
  simulator.drive(account, driver, {});

export const settingsOf = ({ simulator }: Bench): Record<string, unknown> =>
  simulator.settings(account);

/** The `Failure` that a call ends in; another error, or none, breaks the contract. */
export const failureOf = async (call: Promise<unknown>): Promise<Failure> => {
  let outcome: unknown;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw new Error('the connector must fail with a Failure', { cause: error });
  }
  throw new Error(`the connector must fail, but it gave ${JSON.stringify(outcome)}`);
};

export const referenceOf = (
  delivery: Delivery,
  result: unknown,
  open: OpenConnector,
): Reference | null =>
  delivery.operation.refer?.(result, delivery.operation.map(delivery.message, open.settings)) ??
  null;
