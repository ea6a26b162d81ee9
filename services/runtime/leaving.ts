import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Leaves room, within the 20 s that a process has to end, for what comes after the last request. */
const silentMs = 12_000;
/** What is on its way over a connection just made has come by then. */
const unusedMs = 1_000;
const longestLeaveSeconds = 10;

/** Connections of a server that stops. */
export interface Connections {
  /**
   * Lets go, a second after it is called, of those over which nothing ever came: browsers open them for later. Later of all
   * that are still open: whoever has fallen silent in the middle of a request must not keep the process. Returns the way to
   * call it off.
   */
  readonly cutSilent: () => () => void;
}

/** Knows the connections of a server from now on. */
export const watchConnections = (server: Server): Connections => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    cutSilent: () => {
      const unused = setTimeout(() => {
        for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
      }, unusedMs);
      const silent = setTimeout(() => server.closeAllConnections(), silentMs);
      return () => {
        clearTimeout(unused);
        clearTimeout(silent);
      };
    },
  };
};

/** How long a door that is unready already still takes what comes, from `LBBUS_LEAVE_SECONDS` (0 to 10, 0 by default): until its load balancer has noticed. */
export const leaveMsFrom = (env: Readonly<Record<string, string | undefined>>): number => {
  const text = env['LBBUS_LEAVE_SECONDS'];
  if (text === undefined || text === '') return 0;
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= longestLeaveSeconds))
    throw new Error(
      `LBBUS_LEAVE_SECONDS="${text}": give a number from 0 to ${longestLeaveSeconds}`,
    );
  return seconds * 1_000;
};
