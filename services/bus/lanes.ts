import type { ChannelModel } from 'amqplib';
import { Acks } from './acks.js';
import { within } from './deadline.js';
import type { Generation } from './delivery.js';

/**
 * As long as there are no more queues than this, each has a channel of its own: a queue that is stopped, moved or whose
 * messages stay in hand longer than the broker allows, closes nobody else's. One costs the broker some 30 KiB.
 */
const mostChannels = 2_000;
/** Of what the broker allows (2,047 unless set otherwise), for asking and declaring. */
const sparedChannels = 20;
const openTimeoutMs = 30_000;
const closeTimeoutMs = 5_000;

const channelsOf = ({ connection }: ChannelModel): number => {
  const allowed = 'channelMax' in connection ? Number(connection.channelMax) : Infinity;
  return Math.max(1, Math.min(mostChannels, allowed - sparedChannels));
};

/** One channel with the consumers that share it. */
export interface Lane {
  readonly generation: Promise<Generation>;
  taken: number;
  readonly gone: (() => void)[];
}

/** The consuming channels of one connection; a new connection gets new lanes. */
export class Lanes {
  readonly #model: ChannelModel;
  readonly #mostChannels: number;
  #lanes: Lane[] = [];

  constructor(model: ChannelModel, channels: number = channelsOf(model)) {
    this.#model = model;
    this.#mostChannels = channels;
  }

  /** A place on a channel, with as few others as can be; `gone` is called when that channel is closed. Give it back with `leave`. */
  enter(gone: () => void): Lane {
    const lane = this.#emptiest();
    lane.taken += 1;
    lane.gone.push(gone);
    return lane;
  }

  leave(lane: Lane, gone: () => void): void {
    const at = lane.gone.indexOf(gone);
    if (at === -1) return;
    lane.gone.splice(at, 1);
    lane.taken -= 1;
  }

  #emptiest(): Lane {
    const free = this.#lanes.find(({ taken }) => taken === 0);
    if (free) return free;
    if (this.#lanes.length < this.#mostChannels) return this.#openLane();
    return this.#lanes.reduce((one, other) => (other.taken < one.taken ? other : one));
  }

  /** Closes a channel: what is unsettled on it comes again, and its consumers are told that it is gone. */
  async close(lane: Lane): Promise<void> {
    const generation = await lane.generation;
    generation.acks.flush();
    generation.alive = false;
    await within(generation.channel.close(), closeTimeoutMs, 'closing a channel');
  }

  /** Closes every channel after what was said on it; amqplib lets the close of a connection overtake it. */
  async closeAll(): Promise<void> {
    const closing = Promise.allSettled(this.#lanes.map((lane) => this.close(lane)));
    await within(closing, closeTimeoutMs, 'closing the channels').catch(() => undefined);
  }

  #openLane(): Lane {
    const lane: Lane = { generation: this.#open(() => this.#drop(lane)), taken: 0, gone: [] };
    lane.generation.catch(() => this.#drop(lane));
    this.#lanes.push(lane);
    return lane;
  }

  async #open(closed: () => void): Promise<Generation> {
    const channel = await within(this.#model.createChannel(), openTimeoutMs, 'opening a channel');
    const generation = { channel, alive: true, acks: new Acks(channel) };
    // Its 'close' follows.
    channel.on('error', () => undefined);
    channel.on('close', () => {
      generation.alive = false;
      closed();
    });
    return generation;
  }

  #drop(lane: Lane): void {
    this.#lanes = this.#lanes.filter((other) => other !== lane);
    for (const gone of lane.gone.splice(0)) gone();
  }
}
