import type { IncomingMessage } from 'node:http';

/** Does `work` with a signal that is aborted when the caller hangs up. */
export const whileConnected = async <T>(
  { socket }: IncomingMessage,
  work: (gone: AbortSignal) => Promise<T>,
): Promise<T> => {
  const hungUp = new AbortController();
  const leave = (): void => hungUp.abort();
  if (socket.destroyed) leave();
  socket.once('close', leave);
  try {
    return await work(hungUp.signal);
  } finally {
    socket.off('close', leave);
  }
};
