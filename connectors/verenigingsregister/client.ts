import { randomUUID } from 'node:crypto';
import { acmIdm } from '#kit/acm-idm.js';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import type { Platform } from '#kit/platform.js';
import { refuseExceptions } from './errors.js';
import type { Question } from './mapping.js';
import type { RegisterSettings } from './settings.js';
import { Gevonden, VerenigingDetail } from './vereniging.js';
import type { Vereniging } from './vereniging.js';

/** The register, asked in the name of one local government. */
export interface Register {
  readonly http: HttpClient;
  readonly settings: RegisterSettings;
}

/** REST behind MAGDA with a token of ACM/IDM. */
export const connect = (settings: RegisterSettings, { http }: Pick<Platform, 'http'>): Register => {
  const { baseUrl, scope, initiator, apiVersion, senderId, capacity } = settings;
  const headers = {
    'vr-initiator': initiator,
    'vr-api-version': apiVersion,
    ...(senderId !== undefined && { 'x-magda-sender-id': senderId }),
    ...(capacity !== undefined && { 'x-magda-sender-qualitycode': capacity }),
  };
  const auth = acmIdm(settings, scope, { http });
  return { settings, http: http({ baseUrl, auth, headers }) };
};

const path = '/verenigingen';

/** Who asks, and by which id MAGDA and the bus both know the question. */
const asked = (correlationId: string, endUser: string): Record<string, string> => ({
  'x-correlation-id': correlationId,
  'x-magda-enduser-id': endUser,
});

/** Looks for a vCode that is nobody's: what is found says nothing, that it may be asked says all. */
export const check = async (
  { http, settings }: Register,
  { signal }: Pick<SendContext, 'signal'>,
): Promise<void> => {
  const { headers } = await http.request({
    method: 'GET',
    path: `${path}/zoeken`,
    query: { q: 'vCode:V0000000', limit: 1 },
    headers: asked(randomUUID(), settings.endUserId),
    as: Gevonden,
    signal,
  });
  refuseExceptions(headers);
};

/** Asks for one association. */
export const askRegister = async (
  { http, settings }: Register,
  { vCode, endUser }: Question,
  { messageId, signal }: SendContext,
): Promise<Vereniging> => {
  const { body, headers } = await http.request({
    method: 'GET',
    path: `${path}/${encodeURIComponent(vCode)}`,
    headers: asked(messageId, endUser ?? settings.endUserId),
    as: VerenigingDetail,
    signal,
  });
  refuseExceptions(headers);
  if (body.vereniging.vCode === vCode) return body.vereniging;
  throw new Failure('retry', 'The Verenigingsregister answered about another association', {
    code: 'unavailable',
  });
};
