import 'reflect-metadata';
import { startDelivery } from '#delivery/start.js';
import { timingFrom } from '#delivery/timing.js';
import type { Connector } from '#kit/definition.js';
import { runProcess } from '#runtime/lifecycle.js';
import { connector } from './connector.js';

// Delivery as it runs, with the one connector that takes everything once.
await runProcess('delivery', (config, log) =>
  startDelivery({
    config,
    log,
    connectors: new Map<string, Connector>([['system', connector]]),
    timing: timingFrom(process.env),
  }),
);
