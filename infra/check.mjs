#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { checkCommand } = await import('./bootstrap/check-command.mjs');
process.exitCode = await checkCommand();
