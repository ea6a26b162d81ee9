import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from './message.js';
import type { Simulator } from './simulator-host.js';
import { readRequest, writeAnswer } from './simulator-request.js';
import type { Fault, SimulatedAnswer, SimulatedRequest } from './simulator.js';

const done: SimulatedAnswer = { status: 204 };

type Command = (
  simulator: Simulator,
  request: SimulatedRequest,
  names: string[],
) => SimulatedAnswer;

/** What can be asked of a running simulator, by method and path; `*` stands for a name. */
const commands: Readonly<Record<string, Command>> = {
  'GET /': ({ title, accounts }) => ({ status: 200, json: { title, accounts } }),
  'GET /accounts/*/state': (simulator, _request, [name = '']) => ({
    status: 200,
    json: simulator.state(name),
  }),
  'GET /accounts/*/effects': (simulator, _request, [name = '']) => ({
    status: 200,
    json: simulator.effects(name),
  }),
  'POST /accounts/*/drive/*': (simulator, { json }, [name = '', driver = '']) => ({
    status: 200,
    json: simulator.drive(name, driver, json as Json),
  }),
  'POST /faults': (simulator, { json }) => {
    simulator.fault(json as unknown as Fault);
    return done;
  },
  'DELETE /faults': (simulator) => {
    simulator.clearFaults();
    return done;
  },
  'GET /requests': (simulator, { query }) => ({
    status: 200,
    json: simulator.requests(query.get('account') ?? undefined),
  }),
  'DELETE /requests': (simulator) => {
    simulator.clearRequests();
    return done;
  },
};

const namesIn = (pattern: string, asked: string): string[] | null => {
  const expression = `^${pattern.replaceAll('*', '([^/]+)')}$`;
  const found = new RegExp(expression).exec(asked);
  return found ? found.slice(1).map((name) => decodeURIComponent(name)) : null;
};

/** Answers `/_simulator/…`: reads state, drives what people would do, injects faults. */
export const administer = async (
  simulator: Simulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const request = await readRequest(incoming, '/_simulator');
  const asked = `${request.method} ${request.path}`;
  for (const [pattern, command] of Object.entries(commands)) {
    const names = namesIn(pattern, asked);
    if (!names) continue;
    writeAnswer(outgoing, command(simulator, request, names));
    return;
  }
  writeAnswer(outgoing, { status: 404, json: { message: `No such command: ${asked}` } });
};
