#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { generateCommand } = await import('./bootstrap/generate-command.mjs');
process.exitCode = await generateCommand(process.argv.slice(2));
