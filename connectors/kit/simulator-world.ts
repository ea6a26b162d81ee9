import type { Json } from './message.js';
import { createFaults, faultyAnswer } from './simulator-faults.js';
import type {
  Account,
  LedgerEntry,
  SimulatedAnswer,
  SimulatedRequest,
  SimulatorDefinition,
} from './simulator.js';
import type { Faults } from './simulator-faults.js';

/** The environments of a simulator, what is wrong with them and what was asked of them; knows no HTTP. */
export interface World {
  readonly faults: Faults;
  readonly now: () => Date;
  readonly advance: (ms: number) => void;
  readonly open: (origin: string) => void;
  readonly accountOf: (name: string) => Account;
  readonly stateOf: (name: string) => unknown;
  readonly answer: (
    request: SimulatedRequest,
    account: string,
  ) => Promise<SimulatedAnswer | null | 'hang'>;
  readonly requests: (account?: string) => LedgerEntry[];
  readonly clearRequests: () => void;
}

const isTokenRequest = ({ tokenPath }: SimulatorDefinition, { path }: SimulatedRequest): boolean =>
  tokenPath !== undefined && path === tokenPath;

const unknown = (what: string): never => {
  throw new Error(what);
};

const ledgerLength = 10_000;

/** Calls out of the simulator are hints that may get lost; the connector polls as well. */
const call = (url: string, headers: Readonly<Record<string, string>>, json: Json): void => {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(json),
    signal: AbortSignal.timeout(5_000),
  };
  void fetch(url, request).then(
    (answer) => answer.arrayBuffer(),
    () => undefined,
  );
};

export const createWorld = (
  definition: SimulatorDefinition,
  accountList: readonly Account[],
): World => {
  const faults = createFaults();
  let aheadMs = 0;
  const now = (): Date => new Date(Date.now() + aheadMs);
  const accounts = new Map(accountList.map((account) => [account.name, account]));
  const states = new Map<string, unknown>();
  let ledger: LedgerEntry[] = [];

  const accountOf = (name: string): Account =>
    accounts.get(name) ?? unknown(`${definition.title} has no account ${name}`);
  const act = async (
    request: SimulatedRequest,
    account: string,
  ): Promise<SimulatedAnswer | null | 'hang'> => {
    const state = states.get(account);
    const fault = faults.take(account, {
      method: request.method,
      forToken: isTokenRequest(definition, request),
    });
    if (!fault) return definition.handle(request, state);
    const real = fault.handled ? await definition.handle(request, state) : null;
    const instead = await faultyAnswer(fault);
    return instead === 'go-on' ? (real ?? definition.handle(request, state)) : instead;
  };

  return {
    faults,
    now,
    advance: (ms) => {
      aheadMs += ms;
    },
    accountOf,
    open: (origin) => {
      for (const account of accounts.values()) {
        const tools = { baseUrl: `${origin}/${account.name}`, now, call };
        states.set(account.name, definition.open(account, tools));
      }
    },
    stateOf: (name) => states.get(accountOf(name).name),
    answer: async (request, account) => {
      const answer = await act(request, account);
      ledger.push({
        account,
        method: request.method,
        path: request.path,
        forToken: isTokenRequest(definition, request),
        query: request.query.toString(),
        body: request.body.toString(),
        status: answer === null || answer === 'hang' ? null : answer.status,
      });
      if (ledger.length > 2 * ledgerLength) ledger = ledger.slice(-ledgerLength);
      return answer;
    },
    requests: (name) => ledger.filter(({ account }) => name === undefined || account === name),
    clearRequests: () => {
      ledger = [];
    },
  };
};
