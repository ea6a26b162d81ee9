import type { Connector } from '#kit/definition.js';
import { formSchema, secretsOf } from '#kit/settings.js';
import { messageTypes } from '#oslo/catalogue.js';
import type { ConnectorView, TypeView } from './shown.js';

const takenBy = ({ operations }: Connector): string[] | null => {
  const accepted = Object.values(operations).map(({ accepts }) => accepts);
  if (accepted.includes('any')) return null;
  return [...new Set(accepted.flatMap((one) => (one === 'any' ? [] : [one.type])))];
};

const viewOf = (connector: Connector): ConnectorView => ({
  id: connector.id,
  title: connector.title,
  summary: connector.summary,
  docs: connector.docs,
  settings: formSchema(connector),
  secrets: secretsOf(connector),
  takes: takenBy(connector),
  hears: Object.values(connector.sources ?? {}).some(({ webhook }) => webhook !== undefined),
});

/** What can be coupled, and what can be routed. */
export const readCatalogue = (
  connectors: ReadonlyMap<string, Connector>,
): { readonly connectors: readonly ConnectorView[]; readonly types: readonly TypeView[] } => ({
  connectors: [...connectors.values()].map(viewOf),
  types: [...messageTypes.values()].map(({ type, kind, title, mustArrive }) => ({
    ...{ type, kind, title, mustArrive },
  })),
});
