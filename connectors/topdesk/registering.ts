import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import { incidentsPath } from './client.js';
import { Incident } from './incident.js';
import type { NewIncident } from './mapping.js';

/** Makes one incident; the external number is by what it is found again. */
const post = (
  client: HttpClient,
  incident: object,
  { messageId, signal }: SendContext,
): Promise<Incident> =>
  client.post(incidentsPath, { ...incident, externalNumber: messageId }, { signal, as: Incident });

/**
 * Makes the incident: for the card with the e-mail address of the melder, or else for a caller without one. Whether there is such
 * a card is asked by trying, so that the address stands in no query; whatever else is wrong is refused the second time as well.
 */
export const register = async (
  client: HttpClient,
  { incident, melder }: NewIncident,
  context: SendContext,
): Promise<Incident> => {
  if (!melder) return post(client, incident, context);
  const { email, request } = melder;
  const forCard = { ...incident, request, caller: undefined, callerLookup: { email } };
  try {
    return await post(client, forCard, context);
  } catch (failure) {
    if (failure instanceof Failure && failure.code === 'invalid')
      return post(client, incident, context);
    throw failure;
  }
};
