import { readFileSync } from 'node:fs';
import { Type, type Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { parse } from 'yaml';

const closed = { additionalProperties: false } as const;
const price = Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000 }));
const promise = {
  availabilityPercent: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
  withinSeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 86_400 })),
};
const tenants = Type.Optional(Type.Record(Type.String(), Type.Object(promise, closed)));
const prices = Type.Object(
  {
    currency: Type.RegExp(/^[A-Z]{3}$/),
    ...{ tenantMonth: price, connectorMonth: price, message: price },
    ...{ gigabyteMoved: price, gigabyteStored: price },
  },
  closed,
);
const content = Type.Object(
  {
    agreed: Type.Optional(Type.Object({ ...promise, tenants }, closed)),
    prices: Type.Optional(prices),
  },
  closed,
);
const compiled = TypeCompiler.Compile(content);

/** What is promised of each line: for what share of the time it goes on, and within what time 95 % is delivered. */
export interface Agreed {
  readonly availabilityPercent: number;
  readonly withinMs: number;
}

/** Prices of a month, in millionths of the currency; what has none costs nothing. */
export interface Prices {
  readonly currency: string;
  readonly micros: Readonly<Record<PricedItem, number>>;
}

/** What may have a price, in the order in which it is printed. */
export const pricedItems = [
  'tenantMonth',
  'connectorMonth',
  'message',
  'gigabyteMoved',
  'gigabyteStored',
] as const;
export type PricedItem = (typeof pricedItems)[number];

/** What was agreed with the tenants. */
export interface Agreements {
  readonly agreedWith: (tenant: string) => Agreed;
  /** Null where nothing is charged. */
  readonly prices: Prices | null;
}

const usualAvailabilityPercent = 99.5;

const microsOf = (item: string, value: number | undefined): number => {
  const micros = Math.round((value ?? 0) * 1e6);
  if (Math.abs(micros / 1e6 - (value ?? 0)) > 1e-9)
    throw new Error(`prices.${item}: ${value} has more than six decimals`);
  return micros;
};

const parsed = (path: string): unknown => {
  try {
    return parse(readFileSync(path, 'utf8')) as unknown;
  } catch (cause) {
    throw new Error(`LBBUS_USAGE_FILE: ${path} cannot be read as YAML`, { cause });
  }
};

type Content = Static<typeof content>;

const contentOf = (path: string | undefined): Content => {
  const read = path ? (parsed(path) ?? {}) : {};
  if (compiled.Check(read)) return read;
  const first = compiled.Errors(read).First();
  throw new Error(`LBBUS_USAGE_FILE: ${first?.path || '/'}: ${first?.message ?? 'not right'}`);
};

const agreedIn =
  ({ agreed = {} }: Content, usualMs: number): Agreements['agreedWith'] =>
  (tenant) => {
    const { availabilityPercent = usualAvailabilityPercent, withinSeconds = usualMs / 1_000 } = {
      ...agreed,
      ...agreed.tenants?.[tenant],
    };
    return { availabilityPercent, withinMs: withinSeconds * 1_000 };
  };

const pricesIn = ({ prices: list }: Content): Prices | null =>
  list
    ? {
        currency: list.currency,
        micros: {
          tenantMonth: microsOf('tenantMonth', list.tenantMonth),
          connectorMonth: microsOf('connectorMonth', list.connectorMonth),
          message: microsOf('message', list.message),
          gigabyteMoved: microsOf('gigabyteMoved', list.gigabyteMoved),
          gigabyteStored: microsOf('gigabyteStored', list.gigabyteStored),
        },
      }
    : null;

/**
 * Reads `LBBUS_USAGE_FILE` (docs/operate/usage.md); without one 99.5 % is agreed, and nothing is charged. `usualMs` is the time
 * within which 95 % is delivered where the file does not say. Throws where it makes no sense, with the place.
 */
export const readAgreements = (path: string | undefined, usualMs: number): Agreements => {
  const read = contentOf(path);
  return { agreedWith: agreedIn(read, usualMs), prices: pricesIn(read) };
};
