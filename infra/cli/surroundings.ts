import { discoverConnectors } from '#kit/discover.js';
import type { Connector } from '#kit/definition.js';
import { checkDeclaredSettings } from '#kit/settings.js';
import { messageTypes } from '#oslo/catalogue.js';
import type { KnownConnector, Surroundings } from '#tenants/declaration-rules.js';

const known = (connector: Connector): KnownConnector => ({
  check: (settings) => checkDeclaredSettings(connector, settings),
  // Who takes anything lays it down somewhere: that answers no question.
  takes: (type) =>
    Object.values(connector.operations).some(({ accepts, answers }) =>
      messageTypes.get(type)?.kind === 'question'
        ? accepts !== 'any' && accepts.type === type && answers !== undefined
        : accepts === 'any' || accepts.type === type,
    ),
  hears: Object.values(connector.sources ?? {}).some(({ webhook }) => webhook !== undefined),
});

/** What declarations are checked against: the connectors of this program and the message types of the language. */
export const findSurroundings = async (): Promise<Surroundings> => {
  const connectors = await discoverConnectors();
  return {
    connectors: new Map([...connectors].map(([id, connector]) => [id, known(connector)])),
    kindOf: (type) => messageTypes.get(type)?.kind ?? null,
  };
};
