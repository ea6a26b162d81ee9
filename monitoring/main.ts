import { constants, setPriority } from 'node:os';
import { runProcess } from '#runtime/lifecycle.js';
import { startMonitoring } from './start.js';

/** On a machine that it shares whoever carries messages goes first; what is told of them may come a little later. */
const stepBack = (): void => {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not every container lets a process do so.
  }
};

stepBack();
await runProcess('monitoring', startMonitoring);
