import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { languageFolder, namesIn, readJson } from './files.js';

export type Locale = 'nl' | 'en' | 'fr';

/** What the bus knows of a message type: the content of its folder `<subject>/<event>/v<major>`. */
export interface MessageType {
  /** The CloudEvents type, e.g. `be.lbbus.melding.ingediend.v1`. */
  readonly type: string;
  /** An `answer` is made by the bus of what a connector answers to a question; nobody sends it. */
  readonly kind: 'event' | 'command' | 'question' | 'answer';
  /** Carries data about persons: the sender must name its processing activity. */
  readonly personal: boolean;
  /** Refused at the door where no route matches. */
  readonly mustArrive: boolean;
  /** Message type of the answer; null where there is none. */
  readonly answer: string | null;
  readonly title: Record<Locale, string>;
  /** Name of the context, and of the shapes and definitions that go with it: that of the subject, or of another that it names. */
  readonly context: string;
  readonly schemaFile: string;
  readonly shapesFile: string;
  readonly examplesFolder: string;
}

/** A message type that carries the TypeScript type of its data for the compiler. */
export type TypedMessageType<D> = MessageType & { readonly __data?: D };

type Declared = Pick<MessageType, 'kind' | 'personal' | 'mustArrive' | 'answer' | 'title'> &
  Partial<Pick<MessageType, 'context'>>;

const versionsOf = (subject: string): string[] =>
  namesIn(join(languageFolder, subject)).flatMap((event) =>
    namesIn(join(languageFolder, subject, event))
      .map((version) => join(subject, event, version))
      .filter((folder) => existsSync(join(languageFolder, folder, 'type.json'))),
  );

const describe = (relative: string): MessageType => {
  const folder = join(languageFolder, relative);
  const [subject = '', event = '', version = ''] = relative.split(/[\\/]/);
  const declared = readJson(join(folder, 'type.json')) as Declared;
  return {
    type: `be.lbbus.${subject}.${event}.${version}`,
    kind: declared.kind,
    personal: declared.personal,
    mustArrive: declared.mustArrive,
    answer: declared.answer,
    title: declared.title,
    context: declared.context ?? subject,
    schemaFile: join(folder, 'schema.json'),
    shapesFile: join(folder, 'shapes.ttl'),
    examplesFolder: join(folder, 'examples'),
  };
};

/** Every message type of the bus, discovered from the folders and sorted by name. */
export const messageTypes: ReadonlyMap<string, MessageType> = new Map(
  namesIn(languageFolder)
    .flatMap(versionsOf)
    .map(describe)
    .map((each) => [each.type, each] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** The message type with this name; throws where its folder is missing, so that code and folders cannot drift apart. */
export const messageType = (type: string): MessageType => {
  const found = messageTypes.get(type);
  if (!found) throw new Error(`schemas-oslo: no folder for message type ${type}`);
  return found;
};
