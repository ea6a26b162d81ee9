#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { seedCommand } = await import('./bootstrap/seed-command.mjs');
process.exitCode = await seedCommand(process.argv.slice(2));
