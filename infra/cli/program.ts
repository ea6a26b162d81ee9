import { Command } from 'commander';
import { alertmanagerCommand } from './alertmanager.js';
import { actsCommand } from './acts.js';
import { applyCommand } from './apply.js';
import { backupCommand } from './backup.js';
import { checkCommand } from './check.js';
import { completionCommand } from './completion.js';
import { diffCommand } from './diff.js';
import { getCommand } from './get.js';
import { healthCommand } from './health.js';
import { keysCommand } from './keys.js';
import { ledgerCommand } from './ledger.js';
import { linesCommands } from './lines.js';
import { messagesCommand } from './messages.js';
import { migrateCommand } from './migrate.js';
import { newConnectorCommand } from './new-connector.js';
import { parkedCommand } from './parked.js';
import { registerCommand } from './register.js';
import { proposeCommand } from './propose.js';
import { replayCommand } from './replay.js';
import { restoreCommand } from './restore.js';
import { sendCommand } from './send.js';
import { statusCommand } from './status.js';
import { tenantCommand } from './tenant.js';
import { traceCommand } from './trace.js';
import { usageCommand } from './usage.js';
import { wayCommand } from './way.js';

/** The commands in the order of the help; each is a file of this folder: one import, one line here. */
const commands: readonly ((program: Command) => void)[] = [
  migrateCommand,
  diffCommand,
  applyCommand,
  getCommand,
  tenantCommand,
  keysCommand,
  checkCommand,
  proposeCommand,
  sendCommand,
  statusCommand,
  healthCommand,
  linesCommands,
  messagesCommand,
  traceCommand,
  actsCommand,
  parkedCommand,
  replayCommand,
  ledgerCommand,
  registerCommand,
  alertmanagerCommand,
  usageCommand,
  backupCommand,
  restoreCommand,
  newConnectorCommand,
  wayCommand,
  completionCommand,
];

/** The command line, complete. */
export const createProgram = (): Command => {
  const program = new Command('lb-bus')
    .description('Open integration service bus for the Flemish local governments')
    // A command and those below it may have options of the same name.
    .enablePositionalOptions()
    .showHelpAfterError('(lb-bus --help lists the commands)')
    .showSuggestionAfterError();
  for (const add of commands) add(program);
  return program;
};
