import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../definition.js';
import type { Json, Message } from '../message.js';
import type { AnyOperation } from '../operation.js';

/** A message, the request that it becomes, and where the sample comes from. */
export interface OperationExample {
  readonly file: string;
  readonly source: string;
  /** Name of the operation, where several accept the type of the message. */
  readonly operation?: string;
  readonly message: Record<string, Json>;
  readonly settings?: Record<string, unknown>;
  readonly request: unknown;
  /** What the other side answered, and the message that it becomes. */
  readonly result?: unknown;
  readonly answer?: Record<string, Json>;
}

/** An item of a source, what was known of it, and the message that it becomes (null: none). */
export interface SourceExample {
  readonly file: string;
  readonly source: string;
  readonly from: string;
  readonly item: unknown;
  readonly subject: string | null;
  readonly state?: Json;
  readonly settings?: Record<string, unknown>;
  readonly message: Record<string, Json> | null;
}

export type Example = OperationExample | SourceExample;

export const isOperationExample = (example: Example): example is OperationExample =>
  !('from' in example);

/** The examples of a connector, by file name. */
export const readExamples = (folder: string): Example[] => {
  const examples = join(folder, 'examples');
  if (!existsSync(examples)) return [];
  return readdirSync(examples)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(examples, file), 'utf8')) as Example),
      file,
    }));
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The message as delivery would hand it over. */
export const messageOf = (event: Record<string, Json>, busId: string): Message => ({
  busId,
  tenant: 'contract',
  id: text(event['id']),
  source: text(event['source']),
  type: text(event['type']),
  subject: text(event['subject']),
  time: text(event['time']),
  data: event['data'],
  event: { ...event, tenant: 'contract', busid: busId },
});

/** The operation that an example is about, with its name. */
export const operationOf = (
  { operations }: Connector,
  example: OperationExample,
): { name: string; operation: AnyOperation } => {
  const fitting = Object.entries(operations).filter(([name, { accepts }]) =>
    example.operation === undefined
      ? accepts === 'any' || accepts.type === example.message['type']
      : name === example.operation,
  );
  const [found] = fitting;
  if (!found) throw new Error(`${example.file}: no operation accepts this message`);
  return { name: found[0], operation: found[1] };
};
