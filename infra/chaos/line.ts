import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { LineTrouble } from './plan.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface LineOptions {
  /** Where it leads, in the order in which it is tried. */
  readonly upstreams: readonly Address[];
  /** Sees all that passes, each way in pieces as they come. */
  readonly watch?: (piece: Buffer) => void;
}

const latencyMs = 250;

interface Pair {
  readonly inward: Socket;
  readonly outward: Socket;
}

/** A TCP proxy of the test, which can spoil what passes through it. */
export class Line {
  readonly #options: LineOptions;
  readonly #pairs = new Set<Pair>();
  readonly #server = createServer({ allowHalfOpen: true }, (inward) => this.#accept(inward));
  #trouble: LineTrouble | null = null;
  #turn = 0;

  private constructor(options: LineOptions) {
    this.#options = options;
  }

  static async open(options: LineOptions): Promise<Line> {
    const line = new Line(options);
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The server's address with host and port of the line. */
  through(url: string): string {
    const address = new URL(url);
    address.host = `127.0.0.1:${this.port}`;
    return address.href.replace(/\/$/, '');
  }

  /**
   * `latency` delays each piece. `reset` resets what there is and what comes. `black-hole` swallows every byte. `half-close`
   * ends the side of the client, whose own bytes still pass.
   */
  spoil(trouble: LineTrouble): void {
    this.#trouble = trouble;
    if (trouble === 'reset') this.#reset();
    if (trouble === 'half-close') for (const { inward } of this.#pairs) inward.end();
  }

  /** Whatever was swallowed or half closed is gone for good: such connections are reset. */
  mend(): void {
    const isBroken = this.#trouble === 'black-hole' || this.#trouble === 'half-close';
    this.#trouble = null;
    if (isBroken) this.#reset();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#reset();
    await closed;
  }

  #reset(): void {
    for (const { inward, outward } of this.#pairs) {
      inward.resetAndDestroy();
      outward.resetAndDestroy();
    }
  }

  #accept(inward: Socket): void {
    inward.on('error', () => undefined);
    if (this.#trouble === 'reset') return void inward.resetAndDestroy();
    this.#turn += 1;
    this.#reach(inward, 0);
  }

  /** Tries the upstreams one after the other, beginning with another each time. */
  #reach(inward: Socket, tried: number): void {
    const { upstreams } = this.#options;
    const upstream = upstreams[(this.#turn + tried) % upstreams.length];
    if (!upstream || tried === upstreams.length) return void inward.resetAndDestroy();
    const outward = connect({ ...upstream, allowHalfOpen: true });
    const next = (): void => this.#reach(inward, tried + 1);
    outward.once('error', next);
    outward.once('connect', () => {
      outward.off('error', next);
      outward.on('error', () => undefined);
      this.#join({ inward, outward });
    });
  }

  #join(pair: Pair): void {
    const { inward, outward } = pair;
    this.#pairs.add(pair);
    this.#pass(inward, outward);
    this.#pass(outward, inward);
    for (const [one, other] of [
      [inward, outward],
      [outward, inward],
    ] as const)
      one.on('close', () => {
        this.#pairs.delete(pair);
        other.destroy();
      });
    if (this.#trouble === 'half-close') inward.end();
  }

  /** In order, also where some pieces are delayed; waits while the receiver is full. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on('data', (piece: Buffer) => {
      this.#options.watch?.(piece);
      if (this.#trouble === 'black-hole') return;
      if (this.#trouble === 'latency') {
        const delayed = new Promise<void>((resolve) => setTimeout(resolve, latencyMs));
        last = last.then(() => delayed);
      }
      from.pause();
      last = last.then(() => write(to, piece)).then(() => void from.resume());
    });
    from.on('end', () => void (last = last.then(() => void to.end())));
  }
}

const write = (to: Socket, piece: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (!to.writable || to.write(piece)) {
      resolve();
      return;
    }
    const done = (): void => resolve();
    to.once('drain', done);
    to.once('close', done);
  });
