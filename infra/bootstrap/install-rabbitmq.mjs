/** Installs the package rabbitmq-server, without its service running now or at the next boot. Usage: as root. */
import { explain } from './problem.mjs';
import { installRabbitmq, rootPrefix } from './rabbitmq-install.mjs';
import { createSteps } from './steps.mjs';

const steps = createSteps(process.stdout);
try {
  const prefix = (await rootPrefix()) ?? [];
  await steps.run('rabbitmq-server', (note) => installRabbitmq({ prefix, note }));
} catch (error) {
  steps.print(explain(error));
  process.exitCode = 1;
}
