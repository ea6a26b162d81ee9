import type { Agent, ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** How much a connection had brought when it was last put by. */
const broughtBefore = new WeakMap<Socket, number>();

/** The same agent, of which `heardNothing` can tell. */
export const noting = <A extends Agent>(agent: A): A =>
  agent.on('free', (socket: Socket) => broughtBefore.set(socket, socket.bytesRead));

/**
 * True where the request went over a connection that had been kept alive, and not a byte of an answer came: the other side may
 * have closed it before it read anything.
 */
export const heardNothing = ({ reusedSocket, socket }: ClientRequest): boolean =>
  reusedSocket && socket !== null && broughtBefore.get(socket) === socket.bytesRead;
