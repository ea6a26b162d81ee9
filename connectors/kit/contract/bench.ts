import { randomUUID } from 'node:crypto';
import type { Connector } from '../definition.js';
import type { Reference } from '../operation.js';
import { Failure } from '../failure.js';
import { openConnector } from '../open.js';
import type { OpenConnector } from '../open.js';
import type { Postvak } from '../platform.js';
import { startSimulator } from '../simulator-host.js';
import type { Simulator } from '../simulator-host.js';
import type { LedgerEntry } from '../simulator.js';
import { isOperationExample, operationOf, readExamples } from './examples.js';
import type { OperationExample, SourceExample } from './examples.js';
import { deliveryOf, nothing } from './sending.js';
import type { Delivery, Knowledge } from './sending.js';

/** What a connector brings along for its suite. */
export interface ContractOptions {
  /** Points that this connector cannot meet, each with its reason; one that it does meet is stale and fails. */
  readonly waivers?: Readonly<Record<string, string>>;
  /** Settings beside those with which the simulator is reached. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For each source: the drivers of the simulator that bring about one change each, in order. */
  readonly changes?: Readonly<Record<string, readonly string[]>>;
  /** Sources about things that were there before any message, such as persons: every item of theirs is about the same one. */
  readonly abroad?: readonly string[];
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

/** The examples that bring a thing about: later messages refer to what these teach. */
export const makersOf = ({ connector, operations }: Subject): OperationExample[] =>
  operations.filter((one) => {
    const { operation } = operationOf(connector, one);
    return operation.answers !== undefined || 'keep' in operation;
  });

/** A message about something that is not there yet needs it first. */
const preceding = async (
  subject: Subject,
  open: OpenConnector,
  example: OperationExample,
): Promise<Knowledge> => {
  const makers = makersOf(subject);
  const [maker] = makers;
  if (!maker || makers.includes(example)) return nothing;
  const { operation, send, message } = deliveryOf(open, maker, nothing);
  const result = await send();
  const request = operation.map(message, open.settings);
  return {
    reference: operation.refer?.(result, request) ?? null,
    kept: operation.keep?.(result, request)?.value,
  };
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
      const knowledge = await preceding(subject, open, example);
      simulator.clearRequests();
      return deliveryOf(open, example, knowledge);
    },
    first: (example) => deliveryOf(open, example, nothing),
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
