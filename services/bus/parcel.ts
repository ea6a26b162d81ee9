import type { Properties, Publication } from './window.js';

const parcelHeader = 'lb-parcel';
const parcelMedia = 'application/vnd.lb-bus.parcel';
/** What a consumer may have in hand of one queue stays bounded: it counts parcels. */
const most = 32;
const mostBytes = 64 * 1024;

/** One publication of several that travelled as one. */
export type Part = Pick<Publication, 'body'> & {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly properties: Properties;
};

type Sized = Omit<Part, 'body'> & { readonly length: number };

/** Several publications as one: what stands beside their bodies as JSON, its length in the header, then the bodies. */
const parcelOf = (parts: readonly Publication[]): Publication => {
  const sized = parts.map(({ headers, properties = {}, body }): Sized => ({
    headers,
    properties,
    length: body.length,
  }));
  const list = Buffer.from(JSON.stringify(sized), 'utf8');
  return {
    body: Buffer.concat([list, ...parts.map(({ body }) => body)]),
    headers: { [parcelHeader]: list.length },
    properties: { contentType: parcelMedia },
  };
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The publications that travelled as this one; null where it is one of its own, or cannot be taken apart. */
export const partsOf = (headers: Part['headers'], body: Buffer): readonly Part[] | null => {
  const length = headers[parcelHeader];
  if (typeof length !== 'number') return null;
  let from = length;
  try {
    const list = JSON.parse(body.toString('utf8', 0, length)) as readonly Sized[];
    const parts = list.map(({ headers: beside, properties, length: bytes }) => ({
      headers: beside,
      properties,
      body: body.subarray(from, (from += bytes)),
    }));
    const whole = parts.every((part) => isObject(part.headers) && isObject(part.properties));
    return whole && from === body.length && parts.length > 0 ? parts : null;
  } catch {
    return null;
  }
};

interface Waiting {
  readonly publication: Publication;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** As many as go as one; at least the first. */
const takeParcel = (waiting: Waiting[]): readonly Waiting[] => {
  let bytes = 0;
  const over = waiting.findIndex(({ publication }, index) => {
    bytes += publication.body.length;
    return index === most || (index > 0 && bytes > mostBytes);
  });
  return waiting.splice(0, over === -1 ? waiting.length : over);
};

/**
 * Publishes what is handed over for one queue within a turn of the event loop as one message, so that the broker writes,
 * confirms and hands out once what came together; what comes alone leaves as it is.
 */
export class Parcels {
  readonly #publish: (queue: string, publication: Publication) => Promise<void>;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(publish: (queue: string, publication: Publication) => Promise<void>) {
    this.#publish = publish;
  }

  /** Ends as the message that it went with does. */
  publish(queue: string, publication: Publication): Promise<void> {
    return new Promise((resolve, reject) => {
      const one = { publication, resolve, reject };
      const waiting = this.#waiting.get(queue);
      if (waiting) waiting.push(one);
      else {
        this.#waiting.set(queue, [one]);
        process.nextTick(() => this.#leave(queue));
      }
    });
  }

  #leave(queue: string): void {
    const waiting = this.#waiting.get(queue) ?? [];
    this.#waiting.delete(queue);
    while (waiting.length > 0) void this.#send(queue, takeParcel(waiting));
  }

  async #send(queue: string, parcel: readonly Waiting[]): Promise<void> {
    const [first, ...others] = parcel.map(({ publication }) => publication);
    if (!first) return;
    try {
      await this.#publish(queue, others.length === 0 ? first : parcelOf([first, ...others]));
      for (const { resolve } of parcel) resolve();
    } catch (cause) {
      for (const { reject } of parcel) reject(cause);
    }
  }
}
