/** For how many days what is kept. A message that has not ended is kept until it has. */
export interface Keeping {
  readonly bodiesDays: number;
  readonly stepsDays: number;
  readonly messagesDays: number;
}

/** A sender may repeat a message for this long and is recognised: so long its digest is kept. */
const leastMessagesDays = 30;

type Environment = Readonly<Record<string, string | undefined>>;

const days = (env: Environment, name: string, fallback: number): number => {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name}="${text}" is not a whole number of days`);
  return value;
};

/** Reads `LBBUS_KEEP_BODIES_DAYS` (30), `LBBUS_KEEP_STEPS_DAYS` (90), `LBBUS_KEEP_MESSAGES_DAYS` (400). Throws where they make no sense. */
export const readKeeping = (env: Environment = process.env): Keeping => {
  const keeping = {
    bodiesDays: days(env, 'LBBUS_KEEP_BODIES_DAYS', 30),
    stepsDays: days(env, 'LBBUS_KEEP_STEPS_DAYS', 90),
    messagesDays: days(env, 'LBBUS_KEEP_MESSAGES_DAYS', 400),
  };
  if (keeping.messagesDays < leastMessagesDays)
    throw new Error(
      `LBBUS_KEEP_MESSAGES_DAYS must be at least ${leastMessagesDays}: so long a repeat is recognised`,
    );
  return keeping;
};
