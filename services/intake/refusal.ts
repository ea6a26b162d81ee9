/** Codes at the door; closed. */
export type RefusalCode =
  | 'unauthorized'
  | 'forbidden'
  | 'tenant-mismatch'
  | 'source-not-allowed'
  | 'type-not-allowed'
  | 'envelope-invalid'
  | 'not-json'
  | 'too-deep'
  | 'too-large'
  | 'unsupported-media'
  | 'unknown-type'
  | 'invalid'
  | 'subject-mismatch'
  | 'time-implausible'
  | 'no-route'
  | 'verwerking-missing'
  | 'verwerking-unknown'
  | 'personal-data-in-attribute'
  | 'attachment-unknown'
  | 'digest-mismatch'
  | 'conflict'
  | 'rate-limited'
  | 'broker-unavailable'
  | 'not-found'
  | 'expired'
  | 'bad-query'
  | 'unavailable'
  | 'timeout'
  | 'unclassified';

/** One reason with its place; `text` is rendered in the caller's language by the gateway. */
export interface RefusalReason {
  readonly pointer: string;
  readonly code: string;
  readonly text: {
    readonly key: string;
    readonly params: Readonly<Record<string, string | number>>;
  };
}

/** After a refusal nothing has entered, unless it is `broker-unavailable` of variant `unknown`. `status` is the HTTP status of the contract. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly reasons: readonly RefusalReason[];
  /** For the texts of this code. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusalCode,
    status: number,
    details: {
      reasons?: readonly RefusalReason[];
      params?: Readonly<Record<string, string | number>>;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: details.cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.reasons = details.reasons ?? [];
    this.params = details.params ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
