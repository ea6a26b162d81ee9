import { post } from '../../api/ask.ts';
import type { ParkedMessage } from './queries.ts';

/** A message as it was sent, what is of persons masked. */
export interface ReadEvent {
  readonly data: unknown;
}

/** Reads the body of a message, which is recorded with the reason. Throws `ApiProblem`. */
export const readEvent = async (
  { tenant, id }: Pick<ParkedMessage, 'tenant' | 'id'>,
  reason: string,
): Promise<ReadEvent> => {
  const { event } = await post<{ readonly event: ReadEvent }>(
    `messages/${encodeURIComponent(tenant)}/${encodeURIComponent(id)}/readings`,
    { reason },
  );
  return event;
};
