import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ground } from '#infra/chaos/ground.js';
import { tokenHash } from '#tenants/tokens.js';

/** The operators' API of a run, and the token of somebody who may do everything there. */
export interface Reach {
  readonly origin: string;
  readonly token: string;
}

/** Calls a path of the operators' API. Throws where no answer comes within two minutes. */
type Post = (
  path: string,
  body: object,
) => Promise<{ readonly status: number; readonly text: string }>;

/** Somebody who steers the bus of a run through monitoring. */
export interface Operator {
  /** What its processes must be started with, so that they know her. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where monitoring answers now. */
  readonly reach: () => Reach;
  readonly post: Post;
}

const callMs = 120_000;

/** Whoever has this token, wherever they call from. */
export const operatorAt = ({ origin, token }: Reach): Pick<Operator, 'post'> => ({
  post: async (path, body) => {
    const response = await fetch(`${origin}/admin/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(callMs),
    });
    return { status: response.status, text: await response.text() };
  },
});

/** An operator of all tenants of a run. */
export const newOperator = async ({ folder, readiness }: Ground): Promise<Operator> => {
  const token = randomBytes(24).toString('base64url');
  const file = join(folder, 'operators');
  await writeFile(file, `operator:${tokenHash(token)}\n`, { mode: 0o600 });
  const reach = (): Reach => {
    const port = readiness('monitoring-0')?.port ?? 0;
    return { origin: `http://127.0.0.1:${port}`, token };
  };
  return {
    environment: { LBBUS_OPERATOR_TOKENS_FILE: file },
    reach,
    post: (path, body) => operatorAt(reach()).post(path, body),
  };
};
