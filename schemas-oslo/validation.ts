import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundle, type Schema } from './bundle.js';
import { describedTwice } from './described-once.js';
import { formats } from './formats.js';
import { messageTypes, type MessageType } from './message-types.js';
import { violation, violationsOf, type Violation } from './violations.js';

/** Above this many values only the first broken rule is looked for, so that a hostile message costs no more than a good one. */
const maxNodesForAllRules = 5000;

const engine = (allErrors: boolean): Ajv2020 =>
  new Ajv2020({
    allErrors,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    ownProperties: true,
    addUsedSchema: false,
    formats,
    keywords: ['violation', 'codelist', 'personal'],
  });

const firstRuleEngine = engine(false);
const allRulesEngine = engine(true);

/** What is made when a type is first asked for: compiling takes about a tenth of a second. */
const oncePerType = <T>(make: (messageType: MessageType) => T): ((of: MessageType) => T) => {
  const made = new Map<string, T>();
  return (messageType) => {
    const result = made.get(messageType.type) ?? make(messageType);
    made.set(messageType.type, result);
    return result;
  };
};

const schemaFor = oncePerType(({ type, schemaFile }) =>
  bundle(schemaFile, `urn:lb-bus:schema:${type}`),
);
const firstRuleFor = oncePerType((messageType) => firstRuleEngine.compile(schemaFor(messageType)));
const allRulesFor = oncePerType((messageType) => allRulesEngine.compile(schemaFor(messageType)));

/** The schema of a type as one document without outside references; null for an unknown type. */
export const schemaOf = (type: string): Schema | null => {
  const messageType = messageTypes.get(type);
  return messageType ? schemaFor(messageType) : null;
};

/** Compiles every type now, about a tenth of a second each, so that no first message waits for it. */
export const compileAll = (): void => {
  for (const messageType of messageTypes.values()) {
    firstRuleFor(messageType);
    allRulesFor(messageType);
  }
};

const isLarge = (data: unknown): boolean => {
  const waiting: unknown[] = [data];
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count + waiting.length > maxNodesForAllRules) return true;
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const key in value) waiting.push((value as Record<string, unknown>)[key]);
  }
  return false;
};

const contextViolations = (
  data: unknown,
  messageType: MessageType,
  contextAddress?: string,
): Violation[] => {
  const { context, type } = messageType;
  const version = type.split('.').at(-1) ?? '';
  const path = `/v1/contexts/${context}/${version}.jsonld`;
  const given = (data as Record<string, unknown>)['@context'];
  const own = contextAddress && [contextAddress, `${contextAddress.replace(/\/$/, '')}${path}`];
  const allowed = [`urn:lb-bus:context:${context}:${version}`, path, ...(own ? own : [])];
  return allowed.includes(String(given)) ? [] : [otherContext(messageType)];
};

/** Says which context is asked for. */
const otherContext = ({ context }: MessageType): Violation =>
  violation('/data/@context', 'context', { context });

const broken = (messageType: MessageType, data: unknown): Violation[] => {
  const firstRule = firstRuleFor(messageType);
  if (firstRule(data)) return [];
  if (isLarge(data)) return violationsOf(firstRule.errors ?? []);
  const allRules = allRulesFor(messageType);
  allRules(data);
  return violationsOf(allRules.errors ?? []);
};

/**
 * The rules of its type that `data` breaks; none where it may enter. Never throws and never fetches.
 *
 * @param type CloudEvents type; an unknown one is a violation at `/type`.
 * @param contextAddress address under which this deployment serves the context, or its public base URL.
 */
export const validate = (type: string, data: unknown, contextAddress?: string): Violation[] => {
  const messageType = messageTypes.get(type);
  if (!messageType) return [violation('/type', 'not-in-codelist.type')];
  const violations = broken(messageType, data);
  if (violations.length > 0)
    return violations.map((each) => (each.code === 'context' ? otherContext(messageType) : each));
  return [...contextViolations(data, messageType, contextAddress), ...describedTwice(data)];
};
