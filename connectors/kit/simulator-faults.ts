import type { ServerResponse } from 'node:http';
import type { Fault, SimulatedAnswer } from './simulator.js';

export interface FaultyRequest {
  readonly method: string;
  /** True where it asks for a token. */
  readonly forToken: boolean;
}

/** The faults that still have to happen, in the order in which they were asked for. */
export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The fault of this request, used up by it. */
  readonly take: (account: string, request: FaultyRequest) => Fault | null;
}

export const createFaults = (): Faults => {
  let pending: { fault: Fault; left: number; skip: number }[] = [];
  const matches = (fault: Fault, account: string, request: FaultyRequest): boolean =>
    (fault.account ?? account) === account &&
    (fault.methods?.includes(request.method) ?? true) &&
    (fault.at === 'token') === request.forToken;
  return {
    add: (fault) => void pending.push({ fault, left: fault.times ?? 1, skip: fault.skip ?? 0 }),
    clear: () => {
      pending = [];
    },
    take: (account, request) => {
      const found = pending.find(({ fault }) => matches(fault, account, request));
      if (!found) return null;
      if (found.skip > 0) {
        found.skip -= 1;
        return null;
      }
      found.left -= 1;
      pending = pending.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
};

const loginPage =
  '<!DOCTYPE html><html><head><title>Log in</title></head><body><form>…</form></body></html>';

const page = (body: string, type: string): SimulatedAnswer => ({
  status: 200,
  headers: { 'content-type': type },
  body,
});

/** `null` cuts the line, `'hang'` never answers, `'go-on'` leaves the answer to the system. */
export type Faulty = SimulatedAnswer | null | 'hang' | 'go-on';

type OfKind<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const kinds: { readonly [K in Fault['kind']]: (fault: OfKind<K>) => Faulty | Promise<Faulty> } = {
  status: ({ status, retryAfter }) => ({
    status,
    ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
    json: { message: `Fault injected: ${status}` },
  }),
  drop: () => null,
  hang: () => 'hang',
  delay: ({ delayMs }) => new Promise((resolve) => setTimeout(resolve, delayMs, 'go-on')),
  'login-page': () => page(loginPage, 'text/html'),
  'broken-json': () => page('{"id": "', 'application/json'),
  huge: ({ sizeBytes }) => page(`"${'x'.repeat(sizeBytes)}"`, 'application/json'),
  redirect: ({ location }) => ({ status: 302, headers: { location } }),
};

/** What the fault makes of an answer. */
export const faultyAnswer = async (fault: Fault): Promise<Faulty> =>
  (kinds[fault.kind] as (fault: Fault) => Faulty | Promise<Faulty>)(fault);

/** Cuts the line within an answer: one that is cut before may have been closed while it was kept, and what reads comes again. */
export const cut = ({ socket }: ServerResponse): void => {
  socket?.write('HTTP/1.1 ');
  socket?.destroySoon();
};
