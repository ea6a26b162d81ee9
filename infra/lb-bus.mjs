#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { lbBusCommand } = await import('./bootstrap/lb-bus-command.mjs');
process.exitCode = await lbBusCommand(process.argv.slice(2));
