#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { startCommand } = await import('./bootstrap/start-command.mjs');
process.exit(await startCommand(process.argv.slice(2)));
