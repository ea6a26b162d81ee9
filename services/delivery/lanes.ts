/**
 * Tasks with the same key run one after the other, in the order of the calls; other keys do not wait. Where one throws, those
 * that stand behind it are not begun and throw the same: it comes again, and nothing is to overtake it.
 */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(task);
    this.#last.set(key, mine);
    const leave = (): void => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }

  /** Lanes with something in them. */
  get size(): number {
    return this.#last.size;
  }
}
