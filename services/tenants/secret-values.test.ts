import { expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecretValues } from './secret-values.js';

it('takes the values of secrets from the file, else from the environment, and complains without them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  const file = join(folder, 'secrets.yaml');
  await writeFile(file, 'aalter: { topdesk-password: from-file }\n---\nberingen: { a: b }\n');
  const environment = {
    LBBUS_SECRET_AALTER_TOPDESK_PASSWORD: 'x',
    LBBUS_SECRET_AALTER_HOOK_TOKEN: 'from-env',
  };
  const values = await readSecretValues(file, environment);
  expect(values('aalter', 'topdesk-password')).toBe('from-file');
  expect(values('aalter', 'hook.token')).toBe('from-env');
  expect(values('beringen', 'topdesk-password')).toBeUndefined();
  await writeFile(file, 'aalter:\n  pin: 123456\n');
  await expect(readSecretValues(file, {})).rejects.toThrow(
    /secrets\.yaml:2: aalter: expected \{ name: "text in quotes" \}$/,
  );
  await rm(folder, { recursive: true });
});
