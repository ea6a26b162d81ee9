import 'reflect-metadata';
import { startDelivery } from '#delivery/start.js';
import { timingFrom } from '#delivery/timing.js';
import type { Connector } from '#kit/definition.js';
import { runProcess } from '#runtime/lifecycle.js';
import { register } from './register.js';

// Delivery as it runs, with the one connector that is asked.
await runProcess('delivery', (config, log) =>
  startDelivery({
    config,
    log,
    connectors: new Map<string, Connector>([['register', register]]),
    timing: timingFrom(process.env),
  }),
);
