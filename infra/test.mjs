#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { testCommand } = await import('./bootstrap/test-command.mjs');
process.exitCode = await testCommand(process.argv.slice(2));
