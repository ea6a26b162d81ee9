import type { Server } from 'node:http';

/** Leaves room, within the 20 s that a process has to end, for what comes after the last request. */
const silentMs = 12_000;
const longestLeaveSeconds = 10;

/**
 * Lets go of every connection that is still open after a while: whoever has fallen silent in the middle of a request
 * must not keep the process. Called when it stops; returns the way to call it off.
 */
export const cutSilent = (server: Pick<Server, 'closeAllConnections'>): (() => void) => {
  const timer = setTimeout(() => server.closeAllConnections(), silentMs);
  return () => clearTimeout(timer);
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
