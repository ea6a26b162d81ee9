/** A filter with what it says of one message: never what stands in the message. */
export interface ExplainedFilter {
  readonly dialect: string;
  readonly holds: boolean;
  /** Of `exact`, `prefix` and `suffix`: each attribute by itself. */
  readonly tests: readonly {
    readonly attribute: string;
    readonly wanted: string;
    readonly holds: boolean;
  }[];
  /** Of `all`, `any` and `not`: the filters in it. */
  readonly parts: readonly ExplainedFilter[];
}
