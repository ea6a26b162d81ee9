const usedOften = 3;
const mostNames = 300;
/** A migration may add a column while we run: a plan that is kept would then give other columns than it did, and fails. */
const allColumns = /(?:select|returning|,|\.) ?\*/;

/**
 * Names under which a server keeps the plan of a statement: planning one costs it more than most of ours take. Only for what
 * comes again, and bounded: each connection keeps each plan.
 */
export class PreparedNames {
  readonly #uses = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** Undefined for what has not come often yet, and for what gives all columns of a table. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size === mostNames || allColumns.test(text))
      return known;
    const uses = 1 + (this.#uses.get(text) ?? 0);
    if (uses < usedOften) {
      if (this.#uses.size > 10 * mostNames) this.#uses.clear();
      this.#uses.set(text, uses);
      return undefined;
    }
    this.#uses.delete(text);
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
