import 'reflect-metadata';
import { runProcess } from '#runtime/lifecycle.js';
import { usualUrl } from './places.js';
import { startProeftuin } from './start.js';

await runProcess('proeftuin', (config) =>
  startProeftuin(config, process.env['LBBUS_PROEFTUIN_URL'] ?? usualUrl),
);
