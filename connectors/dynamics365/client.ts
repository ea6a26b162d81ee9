import { createHash, X509Certificate } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { Static, TSchema } from '@sinclair/typebox';
import { Failure } from '#kit/failure.js';
import type { BatchPart, HttpClient } from '#kit/http.js';
import type { Platform } from '#kit/platform.js';
import { clientCredentials, sharedSecret, signedAssertion } from '#kit/token.js';
import type { ClientProof } from '#kit/token.js';
import type { DynamicsSettings } from './settings.js';

/** An environment that is reached with the credentials of one tenant. */
export interface Dynamics {
  readonly http: HttpClient;
  readonly settings: DynamicsSettings;
}

const api = '/api/data/v9.2';
const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

const misconfigured = (message: string, cause?: unknown): Failure =>
  new Failure('pause', message, { code: 'misconfigured', cause });

const thumbprintOf = (certificate: string): string => {
  try {
    return createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');
  } catch (cause) {
    throw misconfigured('The certificate of Dynamics 365 cannot be read (PEM)', cause);
  }
};

const proofOf = (settings: DynamicsSettings, audience: string): ClientProof => {
  const { clientId, clientSecret, privateKey, certificate } = settings;
  if (clientSecret !== undefined) return sharedSecret(clientId, clientSecret);
  if (privateKey === undefined || certificate === undefined)
    throw misconfigured('Dynamics 365 needs a clientSecret, or a privateKey with its certificate');
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprintOf(certificate) };
  return signedAssertion({ clientId, audience, privateKey, header });
};

/** Web API 9.2 with a token of Microsoft Entra. */
export const connect = (settings: DynamicsSettings, { http }: Pick<Platform, 'http'>): Dynamics => {
  const authority = withoutSlash(settings.authority ?? 'https://login.microsoftonline.com');
  const baseUrl = withoutSlash(settings.baseUrl);
  const path = `/${settings.tenantId}/oauth2/v2.0/token`;
  const auth = clientCredentials({
    client: http({ baseUrl: authority }),
    path,
    proof: proofOf(settings, `${authority}${path}`),
    fields: { scope: settings.scope ?? `${baseUrl}/.default` },
  });
  const headers = { 'odata-version': '4.0', 'odata-maxversion': '4.0' };
  return { settings, http: http({ baseUrl: `${baseUrl}${api}`, auth, headers }) };
};

/** A text in OData: in quotes, a quote in it doubled. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** One of these conditions; `null` where there is none. */
export const anyOf = (conditions: readonly string[]): string | null =>
  conditions.length === 0 ? null : conditions.join(' or ');

/** The shape of an answer with rows of one kind. Made once for each kind, as each is compiled. */
export const rowsOf = <T extends TSchema>(row: T) => Type.Object({ value: Type.Array(row) });

type Rows<T extends TSchema> = ReturnType<typeof rowsOf<T>>;

/** A query as part of a batch: what it asks for stands in no address. */
export const query = <T extends TSchema>(
  path: string,
  rows: Rows<T>,
  options: { $filter: string; $select: string; $orderby?: string; $top?: number },
): BatchPart => ({ method: 'GET', path, query: options, as: rows });

/** The rows in the answer to a `query` for this kind of rows, whose shape has been checked. */
export const rowsIn = <T extends TSchema>(_rows: Rows<T>, body: unknown): Static<T>[] =>
  (body as { value: Static<T>[] }).value;

/** All parts in one request; the rows of each. */
export const queryAll = async (
  { http }: Dynamics,
  parts: readonly BatchPart[],
  signal: AbortSignal,
): Promise<unknown[]> => {
  const answers = await http.batch({ path: '/$batch', parts, signal });
  return answers.map(([answer]) => answer?.body ?? null);
};
