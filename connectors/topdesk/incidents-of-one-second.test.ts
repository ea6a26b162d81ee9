import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { look, told } from '#kit/contract/desk.js';
import type { Json } from '#kit/message.js';
import { incidentChanged } from './incident-changed.js';
import { make, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
let ids: string[];
let cursor: Json;
beforeAll(async () => {
  desk = await openDesk();
  ({ cursor } = await look(desk, incidentChanged, null));
  const made = await Promise.all(Array.from({ length: 130 }, () => make(desk)));
  ids = made.map(({ id }) => id);
  desk.simulator.advance(120_000);
  desk.drive('takeInTreatment');
  desk.simulator.advance(60_000);
});
afterAll(() => desk.simulator.close());

const poll = incidentChanged.poll!;

/** Items page by page; `between` happens once a page has shown that all of it changed in one second. */
const readWith = async (between: () => void): Promise<string[]> => {
  const { client, settings, simulator } = desk;
  const { signal } = new AbortController();
  const read = (at: Json) => poll.read(client, at, { signal, settings, now: simulator.now() });
  const seen: string[] = [];
  for (let at = cursor, pages = 1; ; pages += 1) {
    const page = await read(at);
    seen.push(...page.items.map(({ id }) => id));
    if (!page.more) return seen;
    if (pages === 2) between();
    at = page.cursor;
  }
};

describe('of incidents that changed in one second, more than a page', () => {
  it('none is missed though others of them change while they are read', async () => {
    const seen = await readWith(() => {
      for (const id of ids.slice(0, 40)) desk.drive('solve', { id });
    });
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it('each is told once, however often it is read', async () => {
    const [id] = ids.slice(-1);
    const reads = [
      await look(desk, incidentChanged, cursor),
      await look(desk, incidentChanged, cursor),
    ];
    const ours = reads.flatMap(({ items }) => items).filter((one) => one.id === id);
    expect(ours.length).toBeGreaterThan(1);
    expect(told(desk, incidentChanged, { items: ours, state: undefined }).said).toHaveLength(1);
  });
});
