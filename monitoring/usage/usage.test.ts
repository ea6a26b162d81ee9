import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pricedItems, readAgreements, type Prices } from './agreements.js';
import { compare } from './compare.js';
import { costOf } from './cost.js';
import { criticalBounds, criticalPercentile } from './critical.js';
import { csvOf } from './csv.js';
import { monthBefore, monthNamed, monthOf } from './month.js';
import type { TenantUsage } from './report.js';

const usageOf = (given: Partial<TenantUsage>): TenantUsage => ({
  ...{
    tenant: 'aalter',
    name: 'Gemeente Aalter',
    accepted: 10,
    answered: 0,
    bytesIn: 5,
    bytesOut: 6,
  },
  ...{ delivered: 9, rejected: 1, parked: 0, expired: 0, discarded: 0, retries: 0, calls: {} },
  criticalTime: { p50Ms: 100, p95Ms: 900 },
  ...{ storedBytes: 7, availabilityPercent: 100, cost: null, lines: [] },
  agreed: { availabilityPercent: 99.5, withinMs: 60_000 },
  kept: { availability: true, criticalTime: true },
  ...given,
});

const amounts = fc.record(
  Object.fromEntries(pricedItems.map((item) => [item, fc.nat({ max: 2_000_000_000 })])),
) as fc.Arbitrary<Prices['micros']>;

describe('the cost of a month', () => {
  it('is the sum of its lines for any price and amount, each right to half a cent', () => {
    fc.assert(
      fc.property(amounts, amounts, (micros, charged) => {
        const { lines, totalCents } = costOf({ currency: 'EUR', micros }, charged);
        expect(totalCents).toBe(lines.reduce((sum, { cents }) => sum + cents, 0));
        for (const { item, cents } of lines) {
          const units = item.startsWith('gigabyte') ? 1e9 : 1;
          const exact = (charged[item] / units) * (micros[item] / 1e4);
          expect(Math.abs(cents - exact)).toBeLessThanOrEqual(0.5 + exact * 1e-12);
        }
      }),
    );
  });

  it('rounds half a cent up and leaves out what has no price', () => {
    const micros = {
      tenantMonth: 0,
      connectorMonth: 0,
      message: 1_500,
      gigabyteMoved: 0,
      gigabyteStored: 0,
    };
    const charged = { ...micros, message: 10 };
    expect(costOf({ currency: 'EUR', micros }, charged)).toEqual({
      currency: 'EUR',
      lines: [{ item: 'message', amount: 10, price: '0.0015', cents: 2 }],
      totalCents: 2,
    });
  });
});

describe('critical time', () => {
  it('is told right to within the class in which it falls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900_000_000 }), { minLength: 1 }), (times) => {
        const classOf = (ms: number) => criticalBounds.filter((bound) => bound <= ms).length;
        const counts = new Map<number, number>();
        for (const ms of times) counts.set(classOf(ms), (counts.get(classOf(ms)) ?? 0) + 1);
        const exact = [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
        const told = criticalPercentile(counts, 0.95) ?? -1;
        const number = classOf(exact);
        expect(told).toBeGreaterThanOrEqual(criticalBounds[number - 1] ?? 0);
        expect(told).toBeLessThanOrEqual(criticalBounds[number] ?? Infinity);
      }),
    );
    expect(criticalPercentile(new Map(), 0.5)).toBeNull();
  });
});

describe('a month of the calendar here', () => {
  it.each([
    ['2026-10', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['2026-03', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['2026-12', '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ])('%s begins and ends at midnight', (name, from, until) => {
    const month = monthNamed(name);
    expect([month.from.toISOString(), month.until.toISOString()]).toEqual([from, until]);
    expect([monthOf(month.from), monthOf(new Date(month.from.getTime() - 1))]).toEqual([
      name,
      monthBefore(name, 1),
    ]);
  });
});

describe('comparing', () => {
  const all = Array.from({ length: 5 }, (_, index) =>
    usageOf({
      tenant: `t${index}`,
      accepted: 10 * index + 10,
      criticalTime: { p50Ms: null, p95Ms: index < 4 ? 100 : null },
    }),
  );

  it('names nobody, and leaves out what fewer than five have', () => {
    const compared = compare(all, 't3');
    expect(compared.find(({ measure }) => measure === 'accepted')).toEqual({
      ...{ measure: 'accepted', own: 40, median: 30, percentile: 75, tenants: 5 },
    });
    expect(compared.map(({ measure }) => measure)).not.toContain('p95Ms');
    expect(compare(all.slice(1), 't3')).toEqual([]);
    expect(JSON.stringify(compared)).not.toMatch(/"t\d"|Aalter/);
  });
});

describe('CSV', () => {
  it.each(['=1+1', '+32', '-2', '@SUM(A1)', '\tx'])(
    'lets no spreadsheet take the name %j for a formula',
    (name) => {
      expect(csvOf('2026-10', [usageOf({ name })])).toContain(`,'${name},`);
    },
  );

  it('quotes what holds commas, quotes and lines, ends lines as RFC 4180 says, and says that it is UTF-8', () => {
    const text = csvOf('2026-10', [usageOf({ name: 'A, "B"\nC' })]);
    expect(text.startsWith('\uFEFFmonth,tenant,')).toBe(true);
    expect(text).toContain(',"A, ""B""\nC",');
    const rows = text.split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[2]).toBe('');
  });
});

describe('what is agreed', () => {
  const read = (yaml: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'usage-'));
    try {
      writeFileSync(join(folder, 'usage.yaml'), yaml);
      return readAgreements(join(folder, 'usage.yaml'), 60_000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('is said for all, and otherwise for one', () => {
    const { agreedWith } = read(
      'agreed: { withinSeconds: 5, tenants: { aalter: { availabilityPercent: 99.9 } } }',
    );
    expect(agreedWith('aalter')).toEqual({ availabilityPercent: 99.9, withinMs: 5_000 });
    expect(agreedWith('beringen')).toEqual({ availabilityPercent: 99.5, withinMs: 5_000 });
    expect(readAgreements(undefined, 60_000).agreedWith('x').withinMs).toBe(60_000);
  });

  it.each([
    ['prices: { currency: euro }', '/prices/currency'],
    ['prices: { currency: EUR, message: 0.0000001 }', 'more than six decimals'],
    ['agreed: { availabilityPercent: 101 }', '/agreed/availabilityPercent'],
    ['agreed: { quickly: true }', '/agreed/quickly'],
    ['{', 'cannot be read as YAML'],
  ])('%s is refused with its place', (yaml, words) => {
    expect(() => read(yaml)).toThrow(words);
  });
});
