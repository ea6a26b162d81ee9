import { connect } from 'node:net';

/** What a door said. `json` is the parsed body, or an empty object where it is not JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Call {
  readonly method?: string;
  /** API key or token; none where it is empty. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const parsed = (text: string): Reply['json'] => {
  try {
    return JSON.parse(text) as Reply['json'];
  } catch {
    return {};
  }
};

/** Calls a door as an application does. */
export const call = async (url: string, options: Call = {}): Promise<Reply> => {
  const { method = options.body === undefined ? 'GET' : 'POST', key = '', headers, body } = options;
  const response = await fetch(url, {
    method,
    headers: { ...(key !== '' && { authorization: `Bearer ${key}` }), ...headers },
    ...(body !== undefined && { body }),
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
};

/** Writes these very bytes on a line of its own and answers all that came back until the other side ended it. */
export const write = (url: string, bytes: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

/** Writes the beginning of a request and hangs up. */
export const writeAndLeave = (url: string, bytes: string | Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.write(bytes, () => setTimeout(() => socket.destroy(), 50));
  });
