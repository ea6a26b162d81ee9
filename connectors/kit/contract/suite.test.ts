import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { examplesOf } from '#oslo/catalogue.js';
import { meldingIngediend } from '#oslo/melding/types.js';
import { bearer } from '../auth.js';
import { defineConnector } from '../definition.js';
import { operation } from '../operation.js';
import type { Connector } from '../definition.js';
import type { SendContext } from '../operation.js';
import type { Register } from '../register.js';
import type { HttpClient } from '../http.js';
import { secret, url } from '../settings.js';
import { defineSimulator } from '../simulator.js';
import { subjectOf } from './bench.js';
import { contractPoints, stillNeeded } from './suite.js';

/** Keeps notes under a key; a note with a known key is kept beside the first, as many systems do. */
const simulator = defineSimulator<{
  readonly secret: string;
  readonly notes: { key: string; text: string }[];
}>({
  title: 'Notes',
  source: 'this test',
  open: (account) => ({ secret: account.secret, notes: [] }),
  settings: (baseUrl, account) => ({ baseUrl, token: account.secret }),
  handle: ({ method, query, headers, json }, { notes, secret: token }) => {
    if (headers['authorization'] !== `Bearer ${token}`) return { status: 401 };
    if (method === 'GET')
      return { status: 200, json: notes.filter(({ key }) => key === query.get('key')) };
    notes.push(json as unknown as { key: string; text: string });
    return { status: 201, json };
  },
  effects: ({ notes }) => notes,
  inspect: ({ notes }) => notes,
});

const Notes = Type.Array(Type.Object({ key: Type.String() }));

type Send = (client: HttpClient, text: string, context: SendContext) => Promise<unknown>;

const careful: Send = async (client, text, { messageId, signal }) => {
  const known = await client.get('/notes', { query: { key: messageId }, signal, as: Notes });
  return known[0] ?? client.post('/notes', { key: messageId, text }, { signal });
};

interface Parts {
  readonly send?: Send;
  readonly toText?: (titel: string) => string;
  readonly check?: (client: HttpClient, signal: AbortSignal) => Promise<unknown>;
  readonly description?: string;
  readonly register?: Register<unknown, string, unknown>;
}

const escaped = (titel: string): string => titel.replace(/[<>]/g, '');
const lookAround = (client: HttpClient, signal: AbortSignal): Promise<unknown> =>
  client.get('/notes', { query: { key: '' }, signal });

const notes = ({
  send = careful,
  toText = escaped,
  check = lookAround,
  description = 'Address of the notes.',
  register,
}: Parts = {}): Connector =>
  defineConnector({
    id: 'notes',
    title: 'Notes',
    summary: 'Keeps notes.',
    docs: 'none',
    interface: { protocol: 'REST', carries: 'JSON' },
    settings: Type.Object({ baseUrl: url(description), token: secret('Token of the notes.') }),
    connect: ({ baseUrl, token }, { http }) => http({ baseUrl, auth: bearer(token) }),
    check: (client, { signal }) => check(client, signal),
    operations: {
      note: operation({
        summary: 'Notes a melding.',
        accepts: meldingIngediend,
        redelivery: 'by-reference',
        map: ({ data }) => toText(data.titel),
        send,
        ...(register && { register }),
      }),
    },
    simulator,
  });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lb-bus-contract-'));
  await mkdir(join(folder, 'examples'));
  const message = examplesOf(meldingIngediend.type).valid[0]?.message;
  const titel = (message!['data'] as { titel: string }).titel;
  const example = { source: 'the examples of the language', message, request: titel };
  await writeFile(join(folder, 'examples/note.json'), JSON.stringify(example));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs every point that applies, and names those that fail. */
const failing = async (connector: Connector): Promise<string[]> => {
  const subject = subjectOf(connector, folder, {});
  const names: string[] = [];
  for (const point of contractPoints) {
    if (point.notApplicable?.(subject)) continue;
    try {
      await point.run(subject);
    } catch {
      names.push(point.name);
    }
  }
  return names;
};

describe('the contract suite', () => {
  it('is passed by a careful connector', async () => {
    expect(await failing(notes())).toEqual([]);
  }, 30_000);

  it('catches one that does not look whether it was there before', async () => {
    const send: Send = (client, text, { messageId, signal }) =>
      client.post('/notes', { key: messageId, text }, { signal });
    const names = await failing(notes({ send }));
    expect(names).toEqual([
      'a redelivery acts once',
      'a lost reply does not act twice, whichever it is',
    ]);
  }, 30_000);

  it('catches one that tries again in hiding', async () => {
    const send: Send = (client, text, context) =>
      careful(client, text, context).catch(() => careful(client, text, context));
    const names = await failing(notes({ send }));
    expect(names).toContain('503, 500 and a dropped line are retried by the bus');
    expect(names).toContain('429 waits as long as Retry-After says');
  }, 30_000);

  it('catches one that throws what is no Failure, swallows an error, or believes a page', async () => {
    const send: Send = async (client, text, context) => {
      try {
        return await careful(client, text, context);
      } catch {
        return null;
      }
    };
    expect((await failing(notes({ send }))).length).toBeGreaterThan(6);
    const crash = (titel: string): string => (titel.length > 100 ? String(JSON.parse('{')) : titel);
    expect(await failing(notes({ toText: crash }))).toContain(
      'hostile text is sent or rejected, and never crashes',
    );
  }, 30_000);

  it('catches one that lets markup through', async () => {
    expect(await failing(notes({ toText: (titel) => titel }))).toEqual([
      'markup from a message never arrives as markup',
    ]);
  }, 30_000);

  it('catches one that maps otherwise than is written', async () => {
    expect(await failing(notes({ toText: () => 'x' }))).toEqual([
      'each message becomes the request that is written down, and each answer the message',
    ]);
  }, 30_000);

  it('catches a check that checks nothing, and a setting without description', async () => {
    const names = await failing(notes({ check: () => Promise.resolve(), description: '' }));
    expect(names).toEqual([
      'each setting is described, and what holds a secret says so',
      'wrong credentials give pause',
    ]);
  }, 30_000);

  it('catches one that would put a number into the register, or tells about nobody', async () => {
    const point = contractPoints.find(({ name }) => name.startsWith('a question to an authentic'));
    const run = async (reference: string, about: readonly string[]): Promise<void> => {
      const entry = () => ({ reference, capacity: null, about });
      const connector = notes({ register: { service: 'Notes-1', entry } });
      await point!.run(subjectOf(connector, folder, {}));
    };
    await expect(run('m1', ['85650112345'])).resolves.toBeUndefined();
    await expect(run('m1', [])).rejects.toThrow();
    await expect(run('85650112345', ['85650112345'])).rejects.toThrow();
  });

  it('refuses a waiver that is no longer needed', async () => {
    const point = contractPoints.find(({ name }) => name === 'the check passes');
    const careless = notes({ check: () => Promise.reject(new Error('no')) });
    await expect(stillNeeded(point!, subjectOf(notes(), folder, {}))).rejects.toThrow(
      /no longer needed/,
    );
    await expect(stillNeeded(point!, subjectOf(careless, folder, {}))).resolves.toBeUndefined();
  });
});
