import type { Command } from 'commander';

/** Options of the commands that speak with the gateway as an application does. */
export interface DoorOptions {
  readonly url: string;
}

/** Adds `--url`. The API key comes from the environment only: an argument would stand in the history of the shell. */
export const withDoor = (command: Command): Command =>
  command.option(
    '--url <address>',
    'address of the gateway',
    process.env['LBBUS_PUBLIC_URL'] ?? 'http://127.0.0.1:8080',
  );

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

/** Calls the gateway with LBBUS_API_KEY; answers the body. Throws with the problem in words. */
export const callDoor = async (
  { url }: DoorOptions,
  path: string,
  request: { readonly contentType: string; readonly body: string } | null = null,
): Promise<unknown> => {
  const key = process.env['LBBUS_API_KEY'];
  if (!key) throw new Error('LBBUS_API_KEY is not set: the API key of an application');
  const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
    method: request ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${key}`,
      'accept-language': 'en',
      ...(request && { 'content-type': request.contentType }),
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
