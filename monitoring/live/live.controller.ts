import type { ServerResponse } from 'node:http';
import { Controller, Get, Inject, Req, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PARTS, type Parts } from '../parts.js';
import { personOf } from '../people/asking.js';
import { may } from '../people/person.js';

/** Sent while nothing changes, so that whatever is between knows that the line is in use. */
const heartbeatMs = 15_000;

/** Bytes that wait for a browser which takes nothing: it is cut, and asks everything anew when it comes back. */
const mostWaiting = 64 * 1_024;

/** Tells a browser when something that it may show has changed, for as long as it stays and its session lasts. */
@ApiTags('operators')
@ApiBearerAuth()
@Controller('admin/v1/live')
export class LiveController implements BeforeApplicationShutdown {
  readonly #parts: Parts;
  readonly #open = new Set<ServerResponse>();

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'What may have changed, as server-sent events, until it is left' })
  @Get()
  async follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = await personOf(this.#parts, request);
    reply.hijack();
    const { raw } = reply;
    // Who left while it was asked who she is has told so already: nothing would ever end what begins now.
    if (raw.closed) return;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Whoever ends it ends the connection: kept open it would keep the process that stops.
      connection: 'close',
      // A proxy that gathers answers would hold this one back.
      'x-accel-buffering': 'no',
    });
    raw.write(': hello\n\n');
    this.#open.add(raw);
    const reach = may(person, 'see') ? person.tenants : new Set<string>();
    const leave = this.#parts.live.follow(reach, (hints) => {
      for (const hint of hints) raw.write(`data: ${JSON.stringify(hint)}\n\n`);
      if (raw.writableLength > mostWaiting) raw.destroy();
    });
    const heart = setInterval(() => void this.#beat(request, raw), heartbeatMs);
    raw.once('close', () => {
      clearInterval(heart);
      leave();
      this.#open.delete(raw);
    });
  }

  beforeApplicationShutdown(): void {
    for (const raw of this.#open) raw.end();
  }

  /** Whoever may not come in any more hears nothing more either. */
  async #beat(request: FastifyRequest, raw: ServerResponse): Promise<void> {
    try {
      await personOf(this.#parts, request);
      raw.write(': still here\n\n');
    } catch {
      raw.end();
    }
  }
}
