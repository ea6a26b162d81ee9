/** What is wrong with PostgreSQL, which is the subject. */
const words = {
  full: 'is full',
  'no-connection': 'has no connection left',
  'read-only': 'takes no writes: it is a standby, or set to read only',
  stopping: 'is being shut down',
  starting: 'is starting or recovering',
  slow: 'is too slow',
  login: 'does not accept the login of DATABASE_URL',
  'no-database': 'does not give the database of DATABASE_URL',
  'not-found': 'is not found: the host of DATABASE_URL has no address',
  silent: 'does not answer',
} as const;

/** Why nothing can be done now, where PostgreSQL answers with this SQLSTATE or cannot be reached for this reason. */
const reasons: readonly (readonly [RegExp, keyof typeof words])[] = [
  [/^53[12]00$/, 'full'],
  [/^53300$/, 'no-connection'],
  [/^25006$/, 'read-only'],
  [/^57P0[12]$/, 'stopping'],
  [/^57P03$/, 'starting'],
  [/^57014$/, 'slow'],
  [/^(?:28|42501)/, 'login'],
  [/^(?:3D000|55000)$/, 'no-database'],
  [/^ENOTFOUND$/, 'not-found'],
];

/** SQLSTATE classes of a server that is away, starting, full, slow or not writable, and errors of the way to it. */
const away =
  /^(?:08|25006|25P0[34]|28|3D000|53|57|58|E(?:CONN|TIMEDOUT|PIPE|HOST|NET|NOTFOUND|AI_))/;
/** Two transactions in each other's way, and a lock that was not given in time. */
const inTheWay = /^(?:40|55P03)/;
/** What pg says of a lost connection without a code. */
const lost =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|connection error|not queryable/;

const reasonOf = (code: string): keyof typeof words =>
  reasons.find(([codes]) => codes.test(code))?.[1] ?? 'silent';

const codeOf = (error: Error): string | null => {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : null;
};

/** PostgreSQL cannot do this now; later it can: wait, and try the same again. Nothing is wrong with what was asked. */
export class DatabaseUnavailable extends Error {
  /** SQLSTATE, or the network's own code. */
  readonly code: string;
  /** False where only this work was in another's way, or no connection was free: others go on. */
  readonly forAll: boolean;

  constructor(message: string, code: string, details: { forAll: boolean; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'DatabaseUnavailable';
    this.code = code;
    this.forAll = details.forAll;
  }

  /** Why, for words in another language than those of the message. */
  get reason(): keyof typeof words | 'in-the-way' | 'busy' {
    if (this.forAll) return reasonOf(this.code);
    return inTheWay.test(this.code) ? 'in-the-way' : 'busy';
  }

  /** It answers, but does not do what is asked of it: that may come and go with what is asked. */
  get answers(): boolean {
    return /^[0-9]/.test(this.code) && !/^(?:08|57P)/.test(this.code);
  }
}

/** PostgreSQL is away as a whole, under this code. */
export const awayUnder = (code: string, cause?: unknown): DatabaseUnavailable =>
  new DatabaseUnavailable(`PostgreSQL ${words[reasonOf(code)]} (${code})`, code, {
    forAll: true,
    cause,
  });

/** What an error of a statement says of PostgreSQL; null where the statement itself is at fault. */
export const unavailableBy = (error: Error): DatabaseUnavailable | null => {
  if (error instanceof DatabaseUnavailable) return error;
  const code = codeOf(error);
  if (code === null) return lost.test(error.message) ? awayUnder('08006', error) : null;
  if (inTheWay.test(code))
    return new DatabaseUnavailable(`another transaction was in the way (${code})`, code, {
      forAll: false,
      cause: error,
    });
  return away.test(code) ? awayUnder(code, error) : null;
};

/** Whoever cannot connect finds PostgreSQL away, whatever it says: a wrong password too is put right by time and an operator. */
export const unavailableAtConnect = (error: Error): DatabaseUnavailable =>
  unavailableBy(error) ?? awayUnder(codeOf(error) ?? '08001', error);
