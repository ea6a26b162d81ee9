/** What a process is told by its environment; secrets come as files, never as values. */
export interface Config {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly amqpManagementUrl: string | null;
  readonly bodyKeyFile: string;
  /** Only delivery and the command line have it. */
  readonly secretKeyFile: string | null;
  /** Public half of the secret key: monitoring seals secrets with it. */
  readonly sealingKeyFile: string | null;
  /** `file:///folder` or `s3://bucket?endpoint=…&region=…`. */
  readonly attachments: string;
  /** Address of the gateway as its users know it, without a slash at the end. */
  readonly publicUrl: string;
  readonly port: number;
  readonly internalPort: number;
  /** Where the process says, as JSON, on which ports it listens once it is ready. */
  readonly readyFile: string | null;
  readonly stateDir: string;
  /** Simulators, private addresses and demo tenants are allowed. Never in production. */
  readonly sandbox: boolean;
  readonly issuersFile: string | null;
  readonly operatorTokensFile: string | null;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const port = (env: Environment, name: string, fallback: number): number => {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new Error(`${name}="${text}" is not a port: give a whole number from 0 to 65535`);
  return value;
};

/** Reads the environment once, at start. Throws with every missing name at once. */
export const readConfig = (env: Environment = process.env): Config => {
  const required = ['DATABASE_URL', 'AMQP_URL', 'LBBUS_BODY_KEY_FILE', 'LBBUS_ATTACHMENTS'];
  const missing = required.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new Error(`set ${missing.join(', ')}: docs/operate.md says what each is for`);
  const optional = (name: string): string | null => env[name] || null;
  const text = (name: string, fallback = ''): string => env[name] || fallback;
  return {
    databaseUrl: text('DATABASE_URL'),
    amqpUrl: text('AMQP_URL'),
    amqpManagementUrl: optional('LBBUS_AMQP_MANAGEMENT_URL'),
    bodyKeyFile: text('LBBUS_BODY_KEY_FILE'),
    secretKeyFile: optional('LBBUS_SECRET_KEY_FILE'),
    sealingKeyFile: optional('LBBUS_SEALING_KEY_FILE'),
    attachments: text('LBBUS_ATTACHMENTS'),
    publicUrl: text('LBBUS_PUBLIC_URL', 'http://127.0.0.1:8080').replace(/\/+$/, ''),
    port: port(env, 'LBBUS_PORT', 0),
    internalPort: port(env, 'LBBUS_INTERNAL_PORT', 0),
    readyFile: optional('LBBUS_READY_FILE'),
    stateDir: text('LBBUS_STATE_DIR', '.lb-bus/run'),
    sandbox: env['LBBUS_SANDBOX'] === '1',
    issuersFile: optional('LBBUS_ISSUERS_FILE'),
    operatorTokensFile: optional('LBBUS_OPERATOR_TOKENS_FILE'),
    logLevel: text('LBBUS_LOG_LEVEL', 'info'),
  };
};
