import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '#runtime/log.js';
import { startMonitoring } from '../../../monitoring/start.js';
import type { World } from './world.js';

const operators = { an: 'token-of-an', bert: 'token-of-bert' } as const;

export interface Told {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** The operators' API on the tables of a world, with the operators an and bert. */
export interface Desk {
  readonly url: string;
  readonly tokenOf: (operator: keyof typeof operators) => string;
  readonly get: (path: string) => Promise<Told>;
  readonly post: (
    path: string,
    body: object,
    as?: keyof typeof operators,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Told>;
  readonly close: () => Promise<void>;
}

export const openDesk = async (world: World): Promise<Desk> => {
  const folder = await mkdtemp(join(tmpdir(), 'desk-'));
  const operatorTokensFile = join(folder, 'operators');
  const lines = Object.entries(operators).map(
    ([name, token]) => `${name}:${createHash('sha256').update(token).digest('hex')}`,
  );
  await writeFile(operatorTokensFile, lines.join('\n'));
  const config = { ...world.config, stateDir: folder, operatorTokensFile };
  const running = await startMonitoring(config, createLog('test', 'silent'));
  const url = `http://127.0.0.1:${running.port ?? 0}`;
  const asked = async (path: string, init: RequestInit): Promise<Told> => {
    const response = await fetch(`${url}/admin/v1${path}`, init);
    return { status: response.status, json: (await response.json()) as Told['json'] };
  };
  const bearer = (as: keyof typeof operators) => ({ authorization: `Bearer ${operators[as]}` });
  return {
    url,
    tokenOf: (operator) => operators[operator],
    get: (path) => asked(path, { headers: bearer('an') }),
    post: (path, body, as = 'an', headers = {}) =>
      asked(path, {
        method: 'POST',
        headers: { ...bearer(as), 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    close: async () => {
      await running.stop();
      await rm(folder, { recursive: true });
    },
  };
};
