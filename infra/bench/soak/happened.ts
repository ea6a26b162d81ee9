/** What was done in a soak, and what went otherwise than it should. */
export class Happened {
  readonly #counts = new Map<string, number>();
  readonly #flaws: string[] = [];

  /** One more of these, in words of several. */
  count(what: string): void {
    this.#counts.set(what, 1 + (this.#counts.get(what) ?? 0));
  }

  flaw(words: string): void {
    this.#flaws.push(words);
  }

  /** Does it; what it throws is a flaw. */
  async guard(what: string, act: () => Promise<void> | void): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.flaw(`${what}: ${String(error)}`);
    }
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  /** "3 questions answered, 2 meldingen submitted". */
  get words(): string {
    return [...this.#counts].map(([what, count]) => `${count} ${what}`).join(', ');
  }

  get flaws(): readonly string[] {
    return this.#flaws;
  }
}
