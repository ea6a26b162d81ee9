import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The two key files of a deployment, made once: one for message bodies, and one for the secrets of connectors, which
 * only delivery and the command line get to see. Each line is `<id>:<base64 of 32 bytes>`; the first is current.
 * @param {string} folder
 */
export const ensureKeys = (folder) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** @param {string} name */
  const ensure = (name) => {
    const file = join(folder, name);
    const key = `k1:${randomBytes(32).toString('base64')}\n`;
    if (!existsSync(file)) writeFileSync(file, key, { mode: 0o400 });
    return file;
  };
  return { bodyKeyFile: ensure('body.key'), secretKeyFile: ensure('secret.key') };
};
