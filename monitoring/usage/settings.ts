import { readAgreedMs } from '../health/agreed.js';
import { readKeeping, type Keeping } from '../retention/keeping.js';
import { readAgreements, type Agreements } from './agreements.js';

/** How usage is told: what was agreed, and for how long what is kept. */
export interface UsageSettings {
  readonly agreements: Agreements;
  readonly keeping: Keeping;
}

/** Reads `LBBUS_USAGE_FILE`, and for how long what is kept. Throws where they make no sense. */
export const readUsageSettings = (
  env: Readonly<Record<string, string | undefined>>,
): UsageSettings => ({
  agreements: readAgreements(env['LBBUS_USAGE_FILE'], readAgreedMs(env)),
  keeping: readKeeping(env),
});
