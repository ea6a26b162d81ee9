import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError, type Command } from 'commander';
import { callDoor, withDoor, wordsOfProblem, type DoorOptions } from './door.js';

interface Accepted {
  readonly status?: string;
  readonly id: string;
}

interface SendOptions extends DoorOptions {
  readonly wait?: number;
}

interface Result {
  readonly index: number;
  readonly status: number;
  readonly id?: string;
  readonly problem?: Parameters<typeof wordsOfProblem>[1];
}

/** A question that was answered in time gives its answer; anything else its id on the bus. */
const sendOne = async ({ wait, ...options }: SendOptions, body: string): Promise<void> => {
  const request = {
    contentType: 'application/cloudevents+json',
    body,
    ...(wait !== undefined && { wait }),
  };
  const answer = await callDoor(options, '/v1/messages', request);
  const { status, id } = answer as Accepted;
  console.log(status === 'accepted' ? id : JSON.stringify(answer, null, 2));
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

const secondsIn = (text: string): number => {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 30) return seconds;
  throw new InvalidArgumentError('give a whole number of seconds, from 1 to 30');
};

/** Adds `lb-bus send`: sends a CloudEvent, or a list of them, and prints the ids on the bus, or the answer to a question. */
export const sendCommand = (program: Command): void => {
  withDoor(program.command('send'))
    .description('send a CloudEvent or a list of them, with the key in LBBUS_API_KEY')
    .argument('[file]', 'JSON file; standard input where it is left out')
    .option(
      '--wait <seconds>',
      'wait so long, at most 30, for the answer to a question, and print it',
      secondsIn,
    )
    .action(async (file: string | undefined, options: SendOptions) => {
      const body = file === undefined ? await text(process.stdin) : await readFile(file, 'utf8');
      await (body.trimStart().startsWith('[') ? sendBatch : sendOne)(options, body);
    });
};
