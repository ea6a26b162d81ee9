import type { Connector } from '#kit/definition.js';
import { checkDeclaredSettings } from '#kit/settings.js';
import { messageTypes } from '#oslo/catalogue.js';
import type { KnownConnector, Surroundings } from './declaration-rules.js';

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

/** What declarations are checked against: these connectors, and the message types of the language. */
export const surroundingsOf = (connectors: ReadonlyMap<string, Connector>): Surroundings => ({
  connectors: new Map([...connectors].map(([id, connector]) => [id, known(connector)])),
  kindOf: (type) => messageTypes.get(type)?.kind ?? null,
});
