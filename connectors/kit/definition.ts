import type { Static, TObject } from '@sinclair/typebox';
import type { FailureCode, Verdict } from './failure.js';
import type { Interface } from './interface.js';
import type { Operation } from './operation.js';
import type { Platform } from './platform.js';
import type { Proposal, ProposalContext } from './proposal.js';
import type { SimulatorDefinition } from './simulator.js';
import type { Source } from './source.js';

/** Deviations from the kit's table of HTTP statuses. */
export type FailureTable = Readonly<Record<number, readonly [Verdict, FailureCode]>>;

/** What the codes mean that the other side puts in its error bodies; they go before the status. */
export interface ErrorCodes {
  /** The code in an error body, or beside it in a header (names in lower case); null where there is none. */
  readonly codeOf: (body: unknown, headers: Readonly<Record<string, string>>) => string | null;
  /** Its reason in words, where the body has another shape than JSON with a message; null where it gives none. */
  readonly reasonOf?: (body: unknown) => string | null;
  readonly table: Readonly<Record<string, ErrorMeaning>>;
}

export interface ErrorMeaning {
  readonly verdict: Verdict;
  readonly code: FailureCode;
  /** For the README: what it says, in a few words. */
  readonly meaning: string;
}

export interface ConnectorDefinition<T extends TObject = TObject, C = unknown> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly docs: string;
  readonly interface: Interface;
  readonly settings: T;
  readonly failures?: FailureTable;
  readonly errors?: ErrorCodes;
  connect(settings: Static<T>, platform: Platform): C | Promise<C>;
  /** Read-only probe for "check now": throws a `Failure` that says what is wrong. */
  check(client: C, context: { readonly signal: AbortSignal }): Promise<unknown>;
  /** Read-only: settings as they could be, from what the system has, for somebody to look over (`lb-bus propose`). */
  propose?(client: C, context: ProposalContext<Static<T>>): Promise<Proposal>;
  /**
   * Where a person sees what has this external id in the system itself. Secrets are not among the settings: only by name.
   * What is no https address is not shown.
   */
  linkOf?(settings: Static<T>, externalId: string): string | null;
  readonly operations: Readonly<Record<string, Operation<Static<T>, C, unknown, unknown, unknown>>>;
  readonly sources?: Readonly<Record<string, Source<Static<T>, C, unknown>>>;
  readonly simulator: SimulatorDefinition | null;
}

/** A connector as the core holds it: every function callable, nothing between them known. */
export type Connector = ConnectorDefinition;

/** Makes a connector of its parts; settings that the schema does not name are refused from here on. */
export const defineConnector = <T extends TObject, C>(
  definition: Omit<ConnectorDefinition<T, C>, 'operations' | 'sources'> & {
    readonly operations: Readonly<
      Record<string, Operation<Static<T>, NoInfer<C>, unknown, unknown, unknown>>
    >;
    readonly sources?: Readonly<Record<string, Source<Static<T>, NoInfer<C>, unknown>>>;
  },
): ConnectorDefinition<T, C> => ({
  ...definition,
  settings: { ...definition.settings, additionalProperties: false },
});
