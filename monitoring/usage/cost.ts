import { pricedItems, type PricedItem, type Prices } from './agreements.js';

/** What is charged for, in whole numbers: a price of a gigabyte counts bytes. */
export type Charged = Readonly<Record<PricedItem, number>>;

/** One line of the cost: `amount` in the unit of its price. */
export interface CostLine {
  readonly item: PricedItem;
  readonly amount: number;
  /** Per unit, as in the price list. */
  readonly price: string;
  readonly cents: number;
}

/** What a month costs. The total is the sum of the lines as they are printed. */
export interface Cost {
  readonly currency: string;
  readonly lines: readonly CostLine[];
  readonly totalCents: number;
}

const gigabyte = 1_000_000_000n;
const unitsOf = (item: PricedItem): bigint => (item.startsWith('gigabyte') ? gigabyte : 1n);
const microsPerCent = 10_000n;

/** Half a cent goes up. */
const centsOf = (item: PricedItem, amount: number, micros: number): number => {
  const least = unitsOf(item) * microsPerCent;
  return Number((BigInt(amount) * BigInt(micros) * 2n + least) / (least * 2n));
};

const priceText = (micros: number): string => (micros / 1e6).toFixed(6).replace(/0{1,4}$/, '');

/** Each line is rounded to cents, and the total adds those up; exact for any amount. */
export const costOf = ({ currency, micros }: Prices, charged: Charged): Cost => {
  const lines = pricedItems
    .filter((item) => micros[item] > 0)
    .map((item) => ({
      item,
      amount: item.startsWith('gigabyte') ? charged[item] / Number(gigabyte) : charged[item],
      price: priceText(micros[item]),
      cents: centsOf(item, charged[item], micros[item]),
    }));
  return { currency, lines, totalCents: lines.reduce((sum, { cents }) => sum + cents, 0) };
};
