import { createPrivateKey, createPublicKey, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The public half of the current key, as `lb-bus keys sealing` prints it (`services/runtime/sealing.ts`).
 * @param {string} secretKeys content of the key file
 */
export const sealingLine = (secretKeys) => {
  const [id = '', encoded = ''] = (secretKeys.split('\n')[0] ?? '').trim().split(':');
  const seed = hkdfSync('sha256', Buffer.from(encoded, 'base64'), '', 'lb-bus sealing key', 32);
  const prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
  const key = Buffer.concat([prefix, Buffer.from(seed)]);
  const half = createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
  const raw = half.export({ format: 'der', type: 'spki' }).subarray(-32);
  return `${id}:${raw.toString('base64')}\n`;
};

/**
 * The key files of a deployment, made once: one for message bodies, one for the secrets of connectors, which only
 * delivery and the command line get to see, and the public half of that, with which monitoring seals. Each line is
 * `<id>:<base64 of 32 bytes>`; the first is current.
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
  const secretKeyFile = ensure('secret.key');
  const sealingKeyFile = join(folder, 'sealing.key');
  const line = sealingLine(readFileSync(secretKeyFile, 'utf8'));
  if (!existsSync(sealingKeyFile) || readFileSync(sealingKeyFile, 'utf8') !== line) {
    rmSync(sealingKeyFile, { force: true });
    writeFileSync(sealingKeyFile, line, { mode: 0o400 });
  }
  return { bodyKeyFile: ensure('body.key'), secretKeyFile, sealingKeyFile };
};
