import type { Command } from 'commander';

/** Options of the commands that speak with the gateway as an application does. */
export interface DoorOptions {
  readonly url: string;
  readonly tenant?: string;
}

/** Adds `--url` and `--tenant`. A key is never an argument: it would stand in the history of the shell. */
export const withDoor = (command: Command): Command =>
  command
    .option(
      '--url <address>',
      'address of the gateway',
      process.env['LBBUS_PUBLIC_URL'] ?? 'http://127.0.0.1:8080',
    )
    .option(
      '-t, --tenant <tenant>',
      'beside a running npm start: use the demo key of this tenant instead of LBBUS_API_KEY',
    );

/** Where `npm start` keeps its state is told by the launcher; the proeftuin made its demo keys there. */
const demoKey = async (tenant: string): Promise<string> => {
  const stateFolder = process.env['LBBUS_STATE_DIR'];
  if (!stateFolder)
    throw new Error('--tenant takes a demo key of a running npm start, and none runs here');
  const { readSecrets } = await import('#infra/proeftuin/secrets.js');
  const { foldersIn } = await import('#infra/proeftuin/folders.js');
  const key = readSecrets(foldersIn(stateFolder).own)[tenant]?.['meldpunt-key'];
  if (key === undefined)
    throw new Error(`the proeftuin has no tenant "${tenant}": see lb-bus get tenants`);
  return key;
};

const keyOf = async ({ tenant }: DoorOptions): Promise<string> => {
  if (tenant !== undefined) return demoKey(tenant);
  const key = process.env['LBBUS_API_KEY'];
  if (key) return key;
  throw new Error(
    'LBBUS_API_KEY is not set: the API key of an application; beside a running npm start, --tenant <tenant> takes a demo key',
  );
};

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A refusal in words: what, why, and the places that are named. */
export const wordsOfProblem = (status: number, problem: Problem): string =>
  [
    `${problem.title ?? 'refused'} (${status} ${problem.code ?? ''}): ${problem.detail ?? ''}`,
    ...(problem.errors ?? []).map(({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`),
  ].join('\n');

interface DoorRequest {
  readonly contentType: string;
  readonly body: string;
  /** Seconds to wait for the answer to a question. */
  readonly wait?: number;
}

/** Calls the gateway with the key of an application; answers the body. Throws with the problem in words. */
export const callDoor = async (
  options: DoorOptions,
  path: string,
  request: DoorRequest | null = null,
): Promise<unknown> => {
  const key = await keyOf(options);
  const response = await fetch(`${options.url.replace(/\/+$/, '')}${path}`, {
    method: request ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${key}`,
      'accept-language': 'en',
      ...(request && { 'content-type': request.contentType }),
      ...(request?.wait !== undefined && { prefer: `wait=${request.wait}` }),
    },
    ...(request && { body: request.body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(wordsOfProblem(response.status, parsed(text)));
  return JSON.parse(text);
};

const parsed = (text: string): Problem => {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: 'this is not the answer of a gateway' };
  }
};
