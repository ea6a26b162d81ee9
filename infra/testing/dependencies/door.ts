import { json, structured } from '../bad-input/shape.js';
import { call, type Reply } from '../caller.js';
import { meldingEvent } from '../melding.js';
import { until } from '../until.js';
import { key } from './application.js';

/** The gateway as the tenant's application calls it. */
export interface Door {
  /** Sends a melding under this id. */
  readonly post: (id: string, type?: string) => Promise<Reply>;
  /** As `post`; throws where it is not accepted, answers its bus id. */
  readonly accepted: (id: string, type?: string) => Promise<string>;
  /** Where a message is. */
  readonly read: (busId: string) => Promise<Reply>;
  readonly untilStatus: (busId: string, status: string) => Promise<Reply>;
}

/** `url`: of the gateway as it runs at the time of the call. */
export const doorAt = (url: () => string): Door => {
  const post: Door['post'] = (id, type) =>
    call(`${url()}/v1/messages`, {
      key,
      headers: structured,
      body: json(meldingEvent({ id, ...(type !== undefined && { type }) })),
    });
  const read: Door['read'] = (busId) => call(`${url()}/v1/messages/${busId}`, { key });
  return {
    post,
    read,
    accepted: async (id, type) => {
      const reply = await post(id, type);
      if (reply.status !== 202) throw new Error(`${id} gave ${reply.status}: ${reply.text}`);
      return String(reply.json['id']);
    },
    untilStatus: (busId, status) =>
      until(
        async () => {
          const reply = await read(busId);
          return reply.json['status'] === status ? reply : null;
        },
        { what: `${busId} to be ${status}`, timeoutMs: 60_000 },
      ),
  };
};
