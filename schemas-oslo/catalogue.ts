import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { languageFolder, namesIn, readJson, readText } from './files.js';
import { messageTypes } from './message-types.js';

export { codelist, codelistNames, type Codelist, type CodelistConcept } from './codelists.js';
export {
  messageTypes,
  type Locale,
  type MessageType,
  type TypedMessageType,
} from './message-types.js';
export { compileAll, schemaOf, validate } from './validation.js';
export type { Violation, ViolationCode } from './violations.js';

/** Names of the contexts, sorted: one per subject. */
export const contextNames: readonly string[] = [
  ...new Set([...messageTypes.values()].map(({ context }) => context)),
].sort();

const contexts = new Map(
  contextNames.map((name) => [
    name,
    readJson(join(languageFolder, name, 'context', 'v1.jsonld')) as object,
  ]),
);

/** The JSON-LD context of a subject in version 1; null where there is none. */
export const contextDocument = (name: string): object | null => contexts.get(name) ?? null;

/** The SHACL shapes of a type as Turtle: those that its subject shares, then its own; null for an unknown type. */
export const shapesOf = (type: string): string | null => {
  const messageType = messageTypes.get(type);
  if (!messageType) return null;
  const files = [
    join(languageFolder, 'generiek', 'shapes.ttl'),
    join(languageFolder, messageType.context, 'shapes.ttl'),
    messageType.shapesFile,
  ];
  return files
    .filter((file) => existsSync(file))
    .map(readText)
    .join('\n');
};

/** A message that may enter: a whole CloudEvent. */
export interface ValidExample {
  readonly name: string;
  readonly message: Record<string, unknown>;
}

/** A message that breaks exactly one rule. */
export interface InvalidExample extends ValidExample {
  readonly breaks: { readonly pointer: string; readonly rule: string };
}

export interface Examples {
  readonly valid: readonly ValidExample[];
  readonly invalid: readonly InvalidExample[];
}

const jsonIn = (folder: string): { name: string; content: unknown }[] =>
  namesIn(folder, '.json').map((file) => ({
    name: basename(file, '.json'),
    content: readJson(join(folder, file)),
  }));

/** The written examples of a type, sorted by name; none for an unknown type. */
export const examplesOf = (type: string): Examples => {
  const folder = messageTypes.get(type)?.examplesFolder;
  if (!folder) return { valid: [], invalid: [] };
  const valid = jsonIn(join(folder, 'valid')).map(({ name, content }) => ({
    name,
    message: content as ValidExample['message'],
  }));
  const invalid = jsonIn(join(folder, 'invalid')).map(({ name, content }) => ({
    name,
    ...(content as Omit<InvalidExample, 'name'>),
  }));
  return { valid, invalid };
};
