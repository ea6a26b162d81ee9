import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** What a door says, before it is put on the line. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON; a text, bytes and a stream go as they are. */
  readonly body?: object | string | Buffer | Readable;
}

/** Headers of one CloudEvent in structured mode. */
export const cloudEvent = {
  'content-type': 'application/cloudevents+json; charset=utf-8',
} as const;

export const json = (
  status: number,
  body: object,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body,
});

/** Puts an answer on the line; every door ends here. */
export const send = async (
  reply: FastifyReply,
  answer: Answer | Promise<Answer>,
): Promise<void> => {
  const { status, headers, body } = await answer;
  void reply
    .status(status)
    .headers(headers ?? {})
    .send(body);
};
