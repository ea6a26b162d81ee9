import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { Refusal } from '#intake/refusal.js';
import { BodyCut } from './read.js';

/**
 * A body as it streams in, for one that is too large for memory. The stream fails with 408 where the sender is silent
 * for `idleMs`, and with `BodyCut` where it leaves; the connection stays open for the answer.
 */
export const streamBody = (request: IncomingMessage, idleMs: number): Readable => {
  const body = new PassThrough();
  const timer = setTimeout(() => body.destroy(new Refusal('timeout', 408)), idleMs);
  request.on('data', () => timer.refresh());
  body.on('close', () => clearTimeout(timer));
  // It may break before anybody reads it; who then begins to read gets the error all the same.
  body.on('error', () => undefined);
  request.on('close', () => {
    if (!request.complete) body.destroy(new BodyCut('the connection was cut half-way'));
  });
  return request.pipe(body);
};
