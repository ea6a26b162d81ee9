import { Socket } from 'node:net';

/**
 * From here on what is written to a socket in one turn leaves at once: amqplib writes frame by frame, and each way into the
 * kernel costs more than a message does.
 */
export const gatherWrites = (socket: unknown): void => {
  if (!(socket instanceof Socket)) return;
  const write = socket.write.bind<Socket['write']>(socket);
  let gathering = false;
  const leave = (): void => {
    gathering = false;
    socket.uncork();
  };
  const gathered = (...given: Parameters<Socket['write']>): boolean => {
    if (!gathering) {
      gathering = true;
      socket.cork();
      process.nextTick(leave);
    }
    return write(...given);
  };
  socket.write = gathered as Socket['write'];
};
