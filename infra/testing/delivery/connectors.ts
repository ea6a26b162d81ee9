import { Type } from '@sinclair/typebox';
import { basic } from '#kit/auth.js';
import { defineConnector, type Connector } from '#kit/definition.js';
import type { Derived } from '#kit/message.js';
import { operation } from '#kit/operation.js';
import { source } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import type { HttpClient } from '#kit/http.js';
import type { Postvak } from '#kit/platform.js';
import { secret, url } from '#kit/settings.js';
import {
  meldingContext,
  meldingIngediend,
  meldingStatusGewijzigd,
  statuswaarde,
} from '#oslo/melding/types.js';
import { persoonContext, persoonOpgevraagd, persoonOpvragen } from '#oslo/persoon/types.js';
import type { Thing } from './archief.js';

interface Settings {
  readonly baseUrl: string;
  readonly password: string;
}

const thingsOf = async (client: HttpClient, reference: string, signal: AbortSignal) =>
  (await client.get('/things', { query: { reference }, signal })) as Thing[];

const statusMessage = ({ id, version, subject }: Thing): Derived => ({
  type: meldingStatusGewijzigd.type,
  id: `${id}/${version}`,
  time: '2026-01-05T08:12:00Z',
  data: {
    '@context': meldingContext,
    '@id': subject,
    '@type': 'Melding',
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': Object.values(statuswaarde)[version] },
        statusdatum: '2026-01-05T08:12:00Z',
        beschrijving: 'Gewijzigd in het archief',
        statuswijzigingDoor: { '@type': 'Agent' },
      },
    ],
  },
});

const register = operation({
  summary: 'Registers a melding.',
  accepts: meldingIngediend,
  redelivery: 'by-reference',
  map: ({ busId, subject, data }) => {
    if (data.titel === 'onvertaalbaar')
      throw new Failure('reject', 'The archive knows no such thing', {
        code: 'unknown-value',
        pointer: '/data/titel',
      });
    if (data.titel === 'kapot') throw new TypeError(`cannot read ${data.titel} of An Voorbeeld`);
    return { reference: busId, subject };
  },
  send: async (client: HttpClient, request, { signal }) => {
    const [known] = await thingsOf(client, request.reference, signal);
    const thing = known ?? ((await client.post('/things', request, { signal })) as Thing);
    return { thing, made: known === undefined };
  },
  refer: ({ thing: { id, version }, made }) => ({
    externalId: id,
    ...(made && { state: version }),
  }),
});

interface Found {
  readonly naam: string;
  readonly voornamen: readonly string[];
  readonly geboren: string;
  readonly gezin?: readonly string[];
}

const findPerson = operation({
  summary: 'Tells who somebody is.',
  accepts: persoonOpvragen,
  answers: persoonOpgevraagd,
  redelivery: 'idempotent',
  map: ({ data }) => ({ reference: data.registratie.identificator }),
  send: async (client: HttpClient, request, { signal }) =>
    (await client.post('/people', request, { signal })) as Found,
  register: {
    service: 'People-1',
    entry: ({ reference }, { messageId }) => ({
      reference: messageId,
      capacity: 'burgerzaken',
      about: [reference],
    }),
    found: ({ gezin }) => gezin ?? [],
  },
  answer: ({ naam, voornamen, geboren }, { busId, time, data }): Derived => ({
    type: persoonOpgevraagd.type,
    id: busId,
    time,
    data: {
      '@context': persoonContext,
      '@type': 'GeregistreerdPersoon',
      registratie: data.registratie,
      ...(voornamen.length > 0 && { voornaam: voornamen }),
      achternaam: naam,
      heeftGeboorte: { '@type': 'Geboorte', datum: geboren },
    },
  }),
});

const thingChanged = source({
  summary: 'Reports what changed in the archive.',
  emits: meldingStatusGewijzigd,
  poll: {
    everySeconds: () => 0.2,
    read: async (client: HttpClient, cursor, { signal }) => {
      const items = (await client.get('/changes', {
        query: { after: Number(cursor ?? 0) },
        signal,
      })) as Thing[];
      return { items, cursor: items.at(-1)?.version ?? cursor, more: false };
    },
  },
  webhook: {
    verify: ({ headers }, { password }: Settings) => {
      if (headers['x-secret'] === password) return;
      throw new Failure('reject', 'The call carries no secret of ours', { code: 'invalid' });
    },
    read: (client: HttpClient, { body }, { signal }) =>
      thingsOf(client, body.toString('utf8'), signal),
  },
  externalId: ({ id }: Thing) => id,
  message: ({ reference }) => reference,
  map: (thing, { subject, state }) => {
    const isNews = subject !== null && thing.version > Number(state ?? 0);
    return {
      message: isNews ? statusMessage(thing) : null,
      state: Math.max(thing.version, Number(state ?? 0)),
    };
  },
});

const settings = Type.Object({
  baseUrl: url('Address of the archive.'),
  password: secret('Password of the bus there.'),
});

/** The archive of the tests: by reference, polled and called back. */
export const archiefConnector = defineConnector({
  id: 'archief',
  title: 'Archief',
  summary: 'Keeps things.',
  docs: 'https://archief.example',
  interface: { protocol: 'REST', carries: 'JSON' },
  settings,
  connect: ({ baseUrl, password }, { http }) => http({ baseUrl, auth: basic('lbbus', password) }),
  check: (client, { signal }) => client.get('/version', { signal }),
  operations: { register, findPerson },
  sources: { thingChanged },
  simulator: null,
});

/** A postvak that takes any message. */
export const postvakConnector = defineConnector({
  id: 'postvak',
  title: 'Postvak',
  summary: 'An application fetches its messages.',
  docs: 'https://lb-bus.example',
  interface: { protocol: 'REST', carries: 'JSON' },
  settings: Type.Object({}),
  connect: (_settings, { postvak }) => postvak,
  check: () => Promise.resolve(),
  operations: {
    lay: operation({
      summary: 'Lays a message down.',
      accepts: 'any',
      redelivery: 'idempotent',
      map: (message) => message,
      send: (postvak: Postvak, message, { signal }) => postvak.put(message, { signal }),
    }),
  },
  simulator: null,
});

export const testConnectors: ReadonlyMap<string, Connector> = new Map<string, Connector>([
  ['archief', archiefConnector],
  ['postvak', postvakConnector],
]);

/** An archive that cannot be asked what it has: the same melding sent again is another thing. */
export const forgetful: ReadonlyMap<string, Connector> = new Map<string, Connector>(
  testConnectors,
).set('archief', {
  ...archiefConnector,
  operations: {
    register: operation({
      summary: 'Registers a melding, again if need be.',
      accepts: meldingIngediend,
      redelivery: 'may-repeat',
      map: ({ busId, subject }) => ({ reference: busId, subject }),
      send: (client: HttpClient, request, { signal }) =>
        client.post('/things', request, { signal }),
    }),
  },
});
