import { randomUUID } from 'node:crypto';
import type { Json } from '#kit/message.js';
import {
  acmIdmClient,
  acmIdmTokenPath,
  giveAcmIdmToken,
  openAcmIdm,
  scopesOfToken,
} from '#kit/simulator-acm-idm.js';
import type { AcmIdmState } from '#kit/simulator-acm-idm.js';
import { defineSimulator } from '#kit/simulator.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { associations } from './simulator/associations.js';
import type { Association } from './simulator/associations.js';
import { flawed, flawNames } from './simulator/flaws.js';
import type { Flaw } from './simulator/flaws.js';

const scope = 'dv_magda_organisaties_verenigingen_verenigingen_v1_G';
const root = '/api/v1/organisaties/verenigingen';

interface Environment {
  readonly identity: AcmIdmState;
  readonly flaws: Set<Flaw>;
}

/** MAGDA refuses before the register hears of it. */
const refusedByMagda = (status: number, message: string, path: string): SimulatedAnswer => ({
  status,
  json: {
    type: `https://iv.api.vlaanderen.be/magda/statuscodes#${status}`,
    status,
    error: status === 401 ? 'Unauthorized' : status === 403 ? 'Forbidden' : 'Bad Request',
    message,
    instance: `GET ${path}`,
  },
});

/** The register refuses with problem details. */
const refusedByRegister = (status: number, detail: string): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    type: 'urn:be.vlaanderen.basisregisters.api:validation',
    title: 'Er heeft zich een fout voorgedaan!',
    detail,
    status,
    instance: `urn:be.vlaanderen.basisregisters.api:${randomUUID()}`,
  }),
});

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What MAGDA asks of every request: null where it lets it pass. */
const magda = ({ identity }: Environment, request: SimulatedRequest): SimulatedAnswer | null => {
  const { headers, path } = request;
  const scopes = scopesOfToken(identity, request);
  if (scopes === null) return refusedByMagda(401, 'The access token is not valid.', path);
  if (!scopes.includes(scope)) return refusedByMagda(403, 'The scope is not sufficient.', path);
  if (!guid.test(headers['x-correlation-id'] ?? ''))
    return refusedByMagda(400, "Header parameter 'x-correlation-id' is required.", path);
  const endUser = headers['x-magda-enduser-id'] ?? '';
  if (endUser === '' || /^\d{11}$/.test(endUser))
    return refusedByMagda(400, "Header parameter 'X-Magda-Enduser-Id' is required.", path);
  return null;
};

/** From version 2 on a feitelijke vereniging is one without legal personality of its own. */
const presented = ({ detail }: Association, version: string): Record<string, unknown> => ({
  ...detail,
  ...(version === 'v2' &&
    detail['@type'] === 'fei:FeitelijkeVerenigingen' && {
      verenigingstype: { code: 'VZER', naam: 'Vereniging zonder eigen rechtspersoonlijkheid' },
      verenigingssubtype: { code: '', naam: '' },
    }),
});

const context = (name: string): string =>
  `https://publiek.verenigingen.vlaanderen.be/v1/contexten/beheer/${name}-context.json`;

const detailOf = (vCode: string, { headers }: SimulatedRequest): SimulatedAnswer => {
  const found = associations.find((one) => one.vCode === vCode);
  if (!found) return refusedByRegister(404, 'De opgevraagde vereniging werd niet gevonden.');
  if (found.deleted) return refusedByRegister(404, 'Deze vereniging werd verwijderd.');
  const json = {
    '@context': context('detail-vereniging'),
    vereniging: presented(found, headers['vr-api-version'] ?? 'v1'),
    metadata: { datumLaatsteAanpassing: '2026-01-05' },
  };
  return { status: 200, headers: { etag: `W/"${found.version}"` }, json };
};

const search = ({ query }: SimulatedRequest): SimulatedAnswer => {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    return refusedByRegister(400, "De waarde van 'limit' is ongeldig.");
  const asked = /^vCode:(V\d{7,8})$/.exec(query.get('q') ?? '')?.[1];
  const found = associations.filter(({ vCode, deleted }) => vCode === asked && !deleted);
  const json = {
    '@context': context('zoek-verenigingen'),
    verenigingen: found.map(({ vCode, detail }) => ({ vCode, naam: detail['naam'] })),
    metadata: { pagination: { totalCount: found.length, offset: 0, limit } },
  };
  return { status: 200, json };
};

const register = (request: SimulatedRequest): SimulatedAnswer => {
  const { method, path, headers } = request;
  const initiator = headers['vr-initiator'];
  if (initiator === undefined) return refusedByRegister(400, 'VR-Initiator is verplicht.');
  if (initiator.trim() === '') return refusedByRegister(400, 'VR-Initiator mag niet leeg zijn.');
  const below = `${root}/verenigingen/`;
  if (method !== 'GET' || !path.startsWith(below)) return { status: 404 };
  const name = decodeURIComponent(path.slice(below.length));
  return name === 'zoeken' ? search(request) : detailOf(name, request);
};

const isFlaw = (name: Json): name is Flaw => flawNames.some((known) => known === name);

/** The register behind MAGDA, and the part of ACM/IDM that gives its tokens. */
export const simulator = defineSimulator<Environment>({
  title: 'Verenigingsregister',
  source:
    'Verenigingsregister beheer API v1 and v2 (Informatievlaanderen/association-registry), MAGDA REST header and error conventions, RFC 6749 and RFC 7523 at ACM/IDM',
  tokenPath: acmIdmTokenPath,
  open: (account, tools) => ({ identity: openAcmIdm(account, tools, [scope]), flaws: new Set() }),
  settings: (baseUrl, account) => ({
    baseUrl: `${baseUrl}${root}`,
    ...acmIdmClient(baseUrl, account),
    initiator: 'OVO099999',
  }),
  handle: (request, environment) => {
    if (request.path === acmIdmTokenPath) return giveAcmIdmToken(environment.identity, request);
    const answer = magda(environment, request) ?? register(request);
    const correlation = request.headers['x-correlation-id'];
    const headers = {
      ...(correlation !== undefined && { 'x-correlation-id': correlation }),
      ...answer.headers,
    };
    return flawed({ ...answer, headers }, environment.flaws);
  },
  effects: () => [],
  inspect: ({ flaws }) => ({ flaws: [...flaws] }),
  drivers: {
    setFlaws: ({ flaws }, input) => {
      const list = Array.isArray(input) ? input : [];
      flaws.clear();
      for (const name of list.filter(isFlaw)) flaws.add(name);
      return [...flaws];
    },
  },
});
