import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/**
 * Runs a command to its end. `output` is what it said on both streams; each line is also given to `onLine`. Never
 * rejects: a command that cannot be started has code -1. Our interruption does not reach it (own process group), so
 * `signal` must end it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, timeoutMs?: number,
 *   signal?: AbortSignal }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export const runCommand = (command, args, { cwd, env, onLine, timeoutMs, signal } = {}) =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(cwd !== undefined && { cwd }),
      ...(env !== undefined && { env }),
    });
    const killGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // ended meanwhile
      }
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(killGroup, timeoutMs);
    signal?.addEventListener('abort', killGroup);
    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', killGroup);
      resolve({ code, output });
    };
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine?.(line);
      });
    }
    child.once('error', (error) => {
      output += error.message;
      end(-1);
    });
    child.once('close', (code) => end(code ?? -1));
  });

/**
 * The end of what a command said, as detail of an error.
 * @param {string} output
 * @param {number} [count]
 */
export const lastOf = (output, count = 20) =>
  stripVTControlCharacters(output).trimEnd().split('\n').slice(-count).join('\n');
