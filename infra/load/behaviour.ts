import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What is wrong with a system: it answers 500, 429 or nothing without acting; it acts and then drops the line, answers only
 * after a while, answers twice, or closes its half of the line; or it is slow.
 */
export const behaviours = [
  'status-500',
  'status-429',
  'silent',
  'lost-reply',
  'late',
  'twice',
  'half-closed',
  'slow',
] as const;
export type Behaviour = (typeof behaviours)[number];

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

const slowMs = 700;
/** Longer than the deadline of an attempt in a run, so that the bus has given it up. */
const lateMs = 8_000;

const refuse = (outgoing: ServerResponse, status: number, headers = {}): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(JSON.stringify({ message: `Fault of the test: ${status}` }));
};

/** The system acts; what it then writes is left to `instead`. */
const acting = (
  answer: Answer,
  { incoming, outgoing }: Exchange,
  instead: (end: () => void) => void,
): void => {
  const end = outgoing.end.bind(outgoing);
  outgoing.end = ((body?: string | Buffer) => {
    instead(() => void end(body));
    return outgoing;
  }) as ServerResponse['end'];
  answer(incoming, outgoing);
};

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

const kinds: Readonly<Record<Behaviour, (answer: Answer, exchange: Exchange) => void>> = {
  'status-500': (_answer, { outgoing }) => refuse(outgoing, 500),
  'status-429': (_answer, { outgoing }) => refuse(outgoing, 429, { 'retry-after': '2' }),
  silent: (_answer, { incoming }) => void incoming.resume(),
  'lost-reply': (answer, exchange) =>
    acting(answer, exchange, () => exchange.outgoing.socket?.destroy()),
  late: (answer, exchange) =>
    acting(answer, exchange, (end) => void pause(lateMs, undefined, { ref: false }).then(end)),
  twice: (answer, exchange) =>
    acting(answer, exchange, (end) => {
      const { socket } = exchange.outgoing;
      end();
      socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    }),
  'half-closed': (answer, exchange) => {
    exchange.outgoing.socket?.end();
    acting(answer, exchange, () => undefined);
  },
  slow: (answer, exchange) =>
    void pause(slowMs).then(() => answer(exchange.incoming, exchange.outgoing)),
};

/** Answers as the system does while this is wrong with it. */
export const misbehave = (behaviour: Behaviour, answer: Answer, exchange: Exchange): void => {
  kinds[behaviour](answer, exchange);
};
