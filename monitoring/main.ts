import { runProcess } from '#runtime/lifecycle.js';
import { startMonitoring } from './start.js';

await runProcess('monitoring', startMonitoring);
