#!/usr/bin/env node
import './bootstrap/node-version.mjs';

const { benchCommand } = await import('./bench/command.mjs');
process.exit(await benchCommand(process.argv.slice(2)));
