import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A thing in the archive, as it shows it. */
export interface Thing {
  readonly id: string;
  /** What the other side called it: the bus id. */
  readonly reference: string;
  readonly subject: string;
  status: string;
  version: number;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  /** Of the thing that is made or looked up. */
  readonly reference: string;
  readonly subject: string;
}

/**
 * What goes wrong with a call: a status instead of work, with the seconds after which to come again where it says so; `lost`: it works but the line drops before the answer;
 * a promise: the answer waits for it, and is lost where it gives `lost`.
 */
export type Fault = number | Refusal | 'lost' | Promise<unknown> | null;

interface Refusal {
  readonly status: number;
  readonly retryAfter: number;
}

/** A small real system over HTTP: things by reference, changes by number, a password, and faults on demand. */
export interface Archief {
  readonly baseUrl: string;
  readonly things: Thing[];
  /** POSTs that came in, also those that failed. */
  readonly posts: Call[];
  /** Calls of any kind. */
  calls: number;
  password: string;
  /** First names of everybody. */
  voornamen: readonly string[];
  /** Asked for each call; null lets it work. */
  fault: (call: Call) => Fault;
  /** Somebody at the other side gives a thing another status. */
  readonly change: (reference: string, status: string) => void;
  readonly close: () => Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<Record<string, string>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
};

const reply = (response: ServerResponse, status: number, json: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
};

const isRefusal = (fault: Fault): fault is number | Refusal =>
  typeof fault === 'number' || (typeof fault === 'object' && fault !== null && 'status' in fault);

const refuse = (response: ServerResponse, { status, retryAfter }: Refusal): void => {
  if (retryAfter > 0) response.setHeader('retry-after', retryAfter);
  reply(response, status, { message: `says ${status}` });
};

/** Whom the archive names beside whoever was asked about. */
export const partnerInsz = '86660100162';

const answerOf = (archief: Archief, call: Call, url: URL): readonly [number, unknown] => {
  const { things } = archief;
  if (call.path === '/version') return [200, { version: 1 }];
  if (call.path === '/people')
    return [
      200,
      { naam: 'Voorbeeld', voornamen: archief.voornamen, geboren: '1985', gezin: [partnerInsz] },
    ];
  if (call.path === '/changes') {
    const after = Number(url.searchParams.get('after'));
    return [
      200,
      things.filter(({ version }) => version > after).sort((a, b) => a.version - b.version),
    ];
  }
  if (call.method === 'GET')
    return [200, things.filter(({ reference }) => reference === url.searchParams.get('reference'))];
  const { reference, subject } = call;
  const thing = { id: `A${things.length + 1}`, reference, subject, status: 'nieuw', version: 0 };
  things.push(thing);
  return [201, { ...thing }];
};

const callOf = async (request: IncomingMessage, { pathname, searchParams }: URL): Promise<Call> => {
  const asked = searchParams.get('reference') ?? '';
  const { reference = asked, subject = '' } = await bodyOf(request);
  return { method: request.method ?? '', path: pathname, reference, subject };
};

const loginOf = (password: string): string =>
  `Basic ${Buffer.from(`lbbus:${password}`).toString('base64')}`;

const answer = async (archief: Archief, request: IncomingMessage, response: ServerResponse) => {
  const url = new URL(request.url ?? '/', 'http://archief');
  const call = await callOf(request, url);
  archief.calls += 1;
  if (call.method === 'POST') archief.posts.push(call);
  if (request.headers.authorization !== loginOf(archief.password)) {
    reply(response, 401, { message: 'who?' });
    return;
  }
  const fault = archief.fault(call);
  if (isRefusal(fault)) {
    refuse(response, typeof fault === 'number' ? { status: fault, retryAfter: 0 } : fault);
    return;
  }
  const [status, json] = answerOf(archief, call, url);
  if ((await fault) === 'lost') response.destroy();
  else reply(response, status, json);
};

/** Starts an archive on a free port. */
export const startArchief = async (): Promise<Archief> => {
  let changes = 0;
  const server = createServer((request, response) => void answer(archief, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const archief: Archief = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    things: [],
    posts: [],
    calls: 0,
    password: 'open-sesame',
    voornamen: [],
    fault: () => null,
    change: (reference, status) => {
      const thing = archief.things.find((one) => one.reference === reference);
      if (!thing) throw new Error(`there is no thing ${reference}`);
      Object.assign(thing, { status, version: (changes += 1) });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return archief;
};
