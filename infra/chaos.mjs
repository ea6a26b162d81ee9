#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { chaosCommand } = await import('./chaos/ground/command.mjs');
process.exit(await chaosCommand(process.argv.slice(2)));
