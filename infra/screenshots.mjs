#!/usr/bin/env node
/** Draws each page of the console anew into docs/console, on servers of its own. Usage: node infra/screenshots.mjs */
import './bootstrap/node-version.mjs';

process.env['LBBUS_SCREENSHOTS'] = '1';
const { testCommand } = await import('./bootstrap/test-command.mjs');
process.exitCode = await testCommand(['infra/tests/screenshots.process.test.ts']);
