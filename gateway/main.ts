import { runProcess } from '#runtime/lifecycle.js';
import { startGateway } from './start.js';

await runProcess('gateway', startGateway);
