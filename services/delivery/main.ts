import 'reflect-metadata';
import { discoverConnectors } from '#kit/discover.js';
import { runProcess } from '#runtime/lifecycle.js';
import { startDelivery } from './start.js';
import { timingFrom } from './timing.js';

await runProcess('delivery', async (config, log) =>
  startDelivery({
    config,
    log,
    connectors: await discoverConnectors(),
    timing: timingFrom(process.env),
  }),
);
