import type { MovingClock } from './moving-clock.js';

/** How a message stands at the other side. */
export type Stand = 'waiting' | 'held' | 'parked' | 'delivered';

/** Nothing more is to be done with it. */
export const hasEnded = (stand: Stand | undefined): boolean =>
  stand === 'parked' || stand === 'delivered';

/** What is in the tables, and what an operator or time does to them. */
export class Tables {
  readonly #clock: MovingClock;

  constructor(clock: MovingClock) {
    this.#clock = clock;
  }

  /** How each message stands at the other side, by what is in the tables; one that is done may still have its row. */
  async stands(): Promise<Map<string, Stand>> {
    const rows = await this.#clock.ask<{ message: string; state: Stand }>(`
      select message, state from delivery.waiting
      union all
      select message, 'delivered' from delivery.effect where state = 'done'`);
    const standing = new Map<string, Stand>();
    for (const { message, state } of rows)
      if (standing.get(message) !== 'delivered') standing.set(message, state);
    return standing;
  }

  /** Messages that have a row which still has to be looked at, be it only to drop it. */
  async waits(): Promise<string[]> {
    const rows = await this.#clock.ask<{ message: string }>(
      `select message from delivery.waiting where state <> 'parked'`,
    );
    return rows.map(({ message }) => message);
  }

  async hold(): Promise<void> {
    await this.#clock.ask(`insert into delivery.hold (tenant, target, code, detail, held_by)
      values ('aalter', 'archief', 'operator', '', 'an') on conflict do nothing`);
  }

  async release(): Promise<void> {
    await this.#clock.ask('delete from delivery.hold');
  }

  /** As if everything that waits had failed for a day. */
  async failForLong(): Promise<void> {
    await this.#clock.ask(`update delivery.waiting
      set attempt = 20, first_failed_at = clock_timestamp() - interval '25 h' where attempt > 0`);
  }
}
