import type { Connector } from '#kit/definition.js';
import type { Config } from '#runtime/config.js';
import type { Log } from '#runtime/log.js';
import type { Timing } from './timing.js';

/** What a delivery process is started with. */
export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly timing: Timing;
}
