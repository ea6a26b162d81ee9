import type { Json } from '#kit/message.js';
import { defineSimulator } from '#kit/simulator.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { answerBatch } from './simulator/batch.js';
import { drivers } from './simulator/drivers.js';
import { api } from './simulator/reading.js';
import { answer } from './simulator/routes.js';
import { anonymousContact, openEnvironment, Refused, rowsOf } from './simulator/state.js';
import type { Environment, Row } from './simulator/state.js';
import { tableOf } from './simulator/tables.js';
import { throttling } from './simulator/throttling.js';
import {
  authorityPath,
  clientIdOf,
  entraTenant,
  giveToken,
  isAuthorized,
  tokenPath,
} from './simulator/token.js';

const refusal = ({ status, code, message, headers }: Refused): SimulatedAnswer => ({
  status,
  headers,
  json: { error: { code, message } },
});

/** What is refused is an answer as well, within a batch and without. */
const answered = (environment: Environment, request: SimulatedRequest): SimulatedAnswer => {
  try {
    return answer(environment, request);
  } catch (error) {
    if (error instanceof Refused) return refusal(error);
    throw error;
  }
};

const checkHeaders = ({ headers }: SimulatedRequest): void => {
  const isRight =
    headers['odata-version'] === '4.0' &&
    headers['odata-maxversion'] === '4.0' &&
    (headers['accept'] ?? '').includes('application/json');
  if (!isRight)
    throw new Refused(
      400,
      '0x80060888',
      'Accept, OData-Version 4.0 and OData-MaxVersion 4.0 are needed.',
    );
};

const webApi = (environment: Environment, outer: SimulatedRequest): SimulatedAnswer => {
  const path = decodeURIComponent(outer.path.slice(api.length)) || '/';
  const request = { ...outer, path };
  const limit = throttling(environment);
  if (limit) throw limit;
  checkHeaders(request);
  return request.method === 'POST' && path === '/$batch'
    ? answerBatch(environment, request, answered)
    : answer(environment, request);
};

const rows = (environment: Environment, set: string): Row[] => {
  const table = tableOf(set);
  return table ? [...rowsOf(environment, table).values()] : [];
};

const textIn = ({ values }: Row, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};

const seen = (environment: Environment, incident: Row): Json => {
  const own = rows(environment, 'annotations').filter(
    ({ values }) => values['_objectid_value'] === incident.id,
  );
  const customers = [...rows(environment, 'contacts'), ...rows(environment, 'accounts')];
  const customer = customers.find(({ id }) => id === incident.values['_customerid_value']);
  return {
    ...incident.values,
    customer: customer ? { ...customer.values } : null,
    notes: own
      .filter(({ values }) => values['isdocument'] !== true)
      .map((note) => ({ subject: textIn(note, 'subject'), notetext: textIn(note, 'notetext') })),
    files: own
      .filter(({ values }) => values['isdocument'] === true)
      .map((note) => ({
        filename: textIn(note, 'filename'),
        mimetype: textIn(note, 'mimetype'),
        sizeBytes: Number(note.values['filesize']),
      })),
  };
};

/** A Dataverse environment with Dynamics 365 Customer Service per account, and the part of Microsoft Entra that gives its tokens. */
export const simulator = defineSimulator<Environment>({
  title: 'Dynamics 365',
  source:
    'Dataverse Web API 9.2, table reference, service protection limits and change tracking (learn.microsoft.com/power-apps/developer/data-platform)',
  tokenPath,
  open: openEnvironment,
  settings: (baseUrl, account) => ({
    baseUrl,
    authority: `${baseUrl}${authorityPath}`,
    tenantId: entraTenant,
    clientId: clientIdOf(account.name),
    clientSecret: account.secret,
    anonymousContact,
  }),
  handle: (request, environment) => {
    if (request.path === tokenPath) return giveToken(environment, request);
    if (!request.path.startsWith(`${api}/`)) return { status: 404 };
    if (!isAuthorized(environment, request)) {
      const challenge = `Bearer authorization_uri=${environment.tools.baseUrl}${authorityPath}`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    }
    try {
      return webApi(environment, request);
    } catch (error) {
      if (error instanceof Refused) return refusal(error);
      throw error;
    }
  },
  effects: ({ effects }) => effects,
  inspect: (environment) => rows(environment, 'incidents').map((row) => seen(environment, row)),
  rendered: (environment) => rows(environment, 'annotations').map((row) => textIn(row, 'notetext')),
  drivers,
});
