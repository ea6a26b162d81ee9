import { keyOf, type Act } from './ledger.js';

/** What the systems did, in the order in which they did it. */
export class Acts {
  readonly #acts: Act[] = [];
  readonly #known = new Set<string>();
  #repeats = 0;

  /** A careful application acts once per `source` and `id`: the first time is an act, a repeat is counted. */
  take(at: Omit<Act, 'atMs'>, source: string, senderId: string): void {
    const key = keyOf(at.tenant, at.target, source, senderId);
    if (this.#known.has(key)) {
      this.#repeats += 1;
      return;
    }
    this.#known.add(key);
    this.did(at);
  }

  /** A system that does not look whether it did so before. */
  did({ tenant, target, message }: Omit<Act, 'atMs'>): void {
    this.#acts.push({ tenant, target, message, atMs: Date.now() });
  }

  get list(): readonly Act[] {
    return this.#acts;
  }

  /** What came again and was recognised by the application. */
  get repeats(): number {
    return this.#repeats;
  }
}
