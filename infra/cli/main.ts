import { complaintOf } from './complaint.js';
import { createProgram } from './program.js';

try {
  await createProgram().parseAsync();
} catch (error) {
  console.error(`lb-bus: ${complaintOf(error, process.env['LBBUS_LOG_LEVEL'] === 'debug')}`);
  process.exitCode = 1;
}
