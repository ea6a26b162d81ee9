import type { Connector } from '#kit/definition.js';
import type { MessageType } from '#oslo/catalogue.js';
import type { DeclaredRoute } from '#tenants/declaration-schema.js';

/** A connector of a tenant by its name there. */
export type Instances = ReadonlyMap<string, Connector>;

const operationsOf = (connector: Connector) => Object.values(connector.operations);

const takesByName = (connector: Connector, { type, kind }: MessageType): boolean =>
  operationsOf(connector).some(
    ({ accepts, answers }) =>
      accepts !== 'any' && accepts.type === type && (kind !== 'question' || answers !== undefined),
  );

const takesAnything = (connector: Connector): boolean =>
  operationsOf(connector).some(({ accepts }) => accepts === 'any');

/** What comes from the systems of the tenant: answers to what they were told, and what they tell by themselves. */
const toldBy = (instances: Instances): ReadonlySet<string> =>
  new Set(
    [...instances.values()].flatMap((connector) => [
      ...operationsOf(connector).flatMap(({ answers }) => (answers ? [answers.type] : [])),
      ...Object.values(connector.sources ?? {}).map(({ emits }) => emits.type),
    ]),
  );

const targetsOf = (messageType: MessageType, instances: Instances, told: ReadonlySet<string>) =>
  [...instances].flatMap(([name, connector]) => {
    if (takesByName(connector, messageType)) return [name];
    return messageType.kind === 'event' && told.has(messageType.type) && takesAnything(connector)
      ? [name]
      : [];
  });

/**
 * Routes to begin with: each type to the systems that take it by name, and what the systems tell also to those that take
 * anything (a postvak, the endpoint of an application). A command or question goes to the first that takes it.
 */
export const proposeRoutes = (
  instances: Instances,
  types: Iterable<MessageType>,
): DeclaredRoute[] => {
  const told = toldBy(instances);
  return [...types].flatMap((messageType): DeclaredRoute[] => {
    if (messageType.kind === 'answer') return [];
    const all = targetsOf(messageType, instances, told);
    const to = messageType.kind === 'event' ? all : all.slice(0, 1);
    return to.length === 0 ? [] : [{ when: { type: messageType.type }, to }];
  });
};
