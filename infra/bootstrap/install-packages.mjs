/** Installs from Debian what the tests need and is not there, without its services running. Usage: as root. */
import { explain } from './problem.mjs';
import { installPart, parts, rootPrefix } from './packages.mjs';
import { createSteps } from './steps.mjs';

const steps = createSteps(process.stdout);
try {
  const prefix = (await rootPrefix()) ?? [];
  for (const part of Object.values(parts)) {
    if (part.find() !== undefined) continue;
    await steps.run(part.packages.join(' and '), (note) => installPart(part, { prefix, note }));
  }
} catch (error) {
  steps.print(explain(error));
  process.exitCode = 1;
}
