import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Under this name the acts of the demo operator are recorded. */
const operator = 'demo';

/**
 * The operator of a deployment that nobody else operates, made once: a token for the command line, and the file with its
 * hash for monitoring.
 * @param {string} folder
 */
export const ensureOperator = (folder) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tokenFile = join(folder, 'operator.token');
  const operatorTokensFile = join(folder, 'operators');
  if (!existsSync(tokenFile)) {
    const token = randomBytes(24).toString('base64url');
    const digest = createHash('sha256').update(token).digest('hex');
    writeFileSync(operatorTokensFile, `${operator}:${digest}\n`, { mode: 0o600 });
    // Last: where it stands, the other does.
    writeFileSync(tokenFile, token, { mode: 0o400 });
  }
  return { operatorTokensFile, operatorToken: readFileSync(tokenFile, 'utf8') };
};
