/** Installs from Debian what the tests need and is not there, without its services running. Usage: as root. */
import { explain } from './problem.mjs';
import { installMissing, parts } from './packages.mjs';
import { createSteps } from './steps.mjs';

const steps = createSteps(process.stdout);
try {
  await steps.run('programs', (note) => installMissing(Object.values(parts), { note }));
} catch (error) {
  steps.print(explain(error));
  process.exitCode = 1;
}
