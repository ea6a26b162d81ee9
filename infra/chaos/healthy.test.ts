import { describe, expect, it } from '@jest/globals';
import type { Wait } from '#infra/load/waits.js';
import type { Episode } from './course.js';
import { waitingOf } from './healthy.js';

const tenants = [{ id: 'aalter' }, { id: 'beringen' }];
const times = { beganMs: 0, quietUntilMs: 100_000, tenants };

const waitsFrom = (tenant: string, fromMs: number, tookMs: number): Wait[] =>
  Array.from({ length: 30 }, (_, index) => ({
    tenant,
    target: 'topdesk',
    fromMs: fromMs + index * 100,
    toMs: fromMs + index * 100 + tookMs,
  }));

const outage = (tenant: number, fromMs: number, toMs: number): Episode => ({
  fault: { kind: 'system', tenant, target: 'topdesk', behaviour: 'silent', atMs: 0, forMs: 1 },
  fromMs,
  toMs,
});

const death = (fromMs: number, toMs: number): Episode => ({
  fault: { kind: 'kill-database', atMs: 0, forMs: 1 },
  fromMs,
  toMs,
});

const quiet = [...waitsFrom('aalter', 20_000, 50), ...waitsFrom('beringen', 20_000, 50)];

describe('the comparison of waits', () => {
  it('finds a healthy tenant that waits for the trouble of another', () => {
    const waits = [...quiet, ...waitsFrom('beringen', 200_000, 5_000)];
    const { differences } = waitingOf(waits, {
      ...times,
      episodes: [outage(0, 195_000, 210_000)],
    });
    expect(differences).toEqual([
      'slow: beringen, whose systems were healthy, waited 5000 ms (p95), 50 ms in the quiet time',
    ]);
  });

  it('lets a tenant wait for its own system, also while that is taken up again', () => {
    const waits = [...quiet, ...waitsFrom('aalter', 200_000, 60_000)];
    const own = { ...times, episodes: [outage(0, 190_000, 195_000)] };
    expect(waitingOf(waits, own).differences).toEqual([]);
    expect(waitingOf(waits, own).compared).toEqual([]);
  });

  it('compares nothing that met a shared fault, but bounds it', () => {
    const waits = [...quiet, ...waitsFrom('beringen', 200_000, 60_000)];
    const dying = { ...times, episodes: [death(205_000, 235_000)] };
    const { compared, recovery, differences } = waitingOf(waits, dying);
    expect(compared).toEqual([]);
    expect(recovery).toEqual({ count: 30, p95Ms: 30_000, longestMs: 30_000 });
    expect(differences).toEqual([]);
    const stuck = [...quiet, ...waitsFrom('beringen', 200_000, 160_000)];
    expect(waitingOf(stuck, dying).differences).toEqual([
      'slow: a message of a healthy tenant waited 130000 ms besides the faults',
    ]);
  });

  it('takes the quiet time of all where a tenant said too little in its own, and leaves the warm-up out', () => {
    const slow = waitsFrom('aalter', 1_000, 8_000);
    const waits = [
      ...slow,
      ...waitsFrom('aalter', 20_000, 50),
      ...waitsFrom('beringen', 200_000, 5_000),
    ];
    const beside = { ...times, episodes: [outage(0, 195_000, 210_000)] };
    expect(waitingOf(waits, beside).compared).toEqual([
      { tenant: 'beringen', quietMs: 50, besideMs: 5_000 },
    ]);
  });

  it('takes waits that are too few or too short for what they are', () => {
    const beside = { ...times, episodes: [outage(0, 195_000, 210_000)] };
    const few = [...quiet, ...waitsFrom('beringen', 200_000, 9_000).slice(0, 5)];
    expect(waitingOf(few, beside).compared).toEqual([]);
    const short = [...quiet, ...waitsFrom('beringen', 200_000, 900)];
    expect(waitingOf(short, beside).differences).toEqual([]);
  });
});
