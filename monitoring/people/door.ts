import type { Config } from '#runtime/config.js';
import type { Database } from '#runtime/database.js';
import type { Directory } from '#tenants/directory.js';
import type { Parts } from '../parts.js';
import { readOidcSettings } from './oidc-settings.js';
import { openSignIn } from './sign-in.js';
import { openOperators } from './tokens.js';

/** How people and programs come in. */
type Door = Pick<Parts, 'operators' | 'signIn' | 'window'>;

interface Needs {
  readonly database: Database;
  readonly directory: () => Directory;
  /** Address at which this process listens. */
  readonly own: () => string;
}

const addressIn = (env: NodeJS.ProcessEnv): string | null => {
  const given = env['LBBUS_CONSOLE_URL']?.replace(/\/+$/, '') || null;
  if (given !== null && !/^https?:\/\/[^/?#]+$/.test(given))
    throw new Error(`LBBUS_CONSOLE_URL="${given}" is not an address such as https://bus.example`);
  return given;
};

/** Reads who may come in and how; throws where that makes no sense. What it answers opens the door. */
export const readDoor = (config: Config, env: NodeJS.ProcessEnv): ((needs: Needs) => Door) => {
  const settings = readOidcSettings(env);
  const given = addressIn(env);
  const operators = config.operatorTokensFile ? openOperators(config.operatorTokensFile) : null;
  return ({ database, directory, own }) => {
    const address = (): string => given ?? own();
    const { sandbox } = config;
    return {
      operators,
      signIn: settings && openSignIn({ settings, database, directory, address, sandbox }),
      window: { secure: given?.startsWith('https:') ?? false, address },
    };
  };
};
