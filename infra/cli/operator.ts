import type { Command } from 'commander';
import { wordsOfProblem } from './door.js';

/** Options of the commands that speak with monitoring as an operator does. */
export interface OperatorOptions {
  readonly url: string;
  readonly json?: boolean;
}

/** Adds `--url` and `--json`. A token is never an argument: it would stand in the history of the shell. */
export const withOperator = (command: Command): Command =>
  command
    .option(
      '--url <address>',
      'address of monitoring',
      process.env['LBBUS_OPERATOR_URL'] ?? 'http://127.0.0.1:8090',
    )
    .option('--json', 'as JSON');

const tokenOf = (): string => {
  const token = process.env['LBBUS_OPERATOR_TOKEN'];
  if (token) return token;
  throw new Error(
    'LBBUS_OPERATOR_TOKEN is not set: the token of an operator, as in LBBUS_OPERATOR_TOKENS_FILE of monitoring; beside a running npm start it is found by itself',
  );
};

interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const parsed = (text: string): unknown => {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('this is not the answer of monitoring: look at --url or LBBUS_OPERATOR_URL');
  }
};

/** Monitoring, or what it lives on, is away; what was ordered goes on without it. */
export class MonitoringAway extends Error {
  override readonly name = 'MonitoringAway';
}

const answerOf = async (url: string, request: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, request);
  } catch (cause) {
    throw new MonitoringAway(
      `monitoring does not answer at ${url}: look at --url or LBBUS_OPERATOR_URL`,
      { cause },
    );
  }
};

/** Asks monitoring as the operator; answers the body as it is. Throws with the problem in words. */
export const askForText = async (
  { url }: OperatorOptions,
  path: string,
  { method = 'GET', body, headers }: Asking = {},
): Promise<string> => {
  const response = await answerOf(`${url.replace(/\/+$/, '')}/admin/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokenOf()}`,
      'accept-language': 'en',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  // Not "text()": that would take the byte order mark away, by which a spreadsheet knows UTF-8.
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
  if (response.ok) return text;
  const answer = parsed(text) as Parameters<typeof wordsOfProblem>[1];
  const words = wordsOfProblem(response.status, answer);
  throw response.status === 503 ? new MonitoringAway(words) : new Error(words);
};

/** Asks monitoring as the operator; answers the body, parsed. Throws with the problem in words. */
export const askMonitoring = async <T>(
  options: OperatorOptions,
  path: string,
  asking: Asking = {},
): Promise<T> => parsed(await askForText(options, path, asking)) as T;

/** Prints as JSON where that was asked for, else in words. */
export const print = (options: OperatorOptions, answer: unknown, words: () => string): void =>
  console.log(options.json === true ? JSON.stringify(answer, null, 2) : words());
