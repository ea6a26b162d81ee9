import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { callDoor, withDoor, wordsOfProblem, type DoorOptions } from './door.js';

interface Accepted {
  readonly id: string;
}

interface Result {
  readonly index: number;
  readonly status: number;
  readonly id?: string;
  readonly problem?: Parameters<typeof wordsOfProblem>[1];
}

const sendOne = async (options: DoorOptions, body: string): Promise<void> => {
  const request = { contentType: 'application/cloudevents+json', body };
  const { id } = (await callDoor(options, '/v1/messages', request)) as Accepted;
  console.log(id);
};

const sendBatch = async (options: DoorOptions, body: string): Promise<void> => {
  const request = { contentType: 'application/cloudevents-batch+json', body };
  const { results } = (await callDoor(options, '/v1/messages', request)) as {
    readonly results: readonly Result[];
  };
  for (const { index, status, id, problem } of results)
    console.log(`${index}: ${id ?? wordsOfProblem(status, problem ?? {})}`);
  if (results.some(({ id }) => id === undefined)) process.exitCode = 1;
};

/** Adds `lb-bus send`: sends a CloudEvent, or a list of them, and prints the ids on the bus. */
export const sendCommand = (program: Command): void => {
  withDoor(program.command('send'))
    .description('send a CloudEvent or a list of them, with the key in LBBUS_API_KEY')
    .argument('[file]', 'JSON file; standard input where it is left out')
    .action(async (file: string | undefined, options: DoorOptions) => {
      const body = file === undefined ? await text(process.stdin) : await readFile(file, 'utf8');
      await (body.trimStart().startsWith('[') ? sendBatch : sendOne)(options, body);
    });
};
