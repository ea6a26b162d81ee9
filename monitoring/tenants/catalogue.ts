import type { Connector } from '#kit/definition.js';
import { formSchema, secretsOf } from '#kit/settings.js';
import { messageTypes } from '#oslo/catalogue.js';

/** A connector as the forms of the console need it. */
export interface ConnectorView {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly docs: string;
  /** JSON Schema of its settings; a secret is an object with its name, marked `x-secret`. */
  readonly settings: object;
  readonly secrets: readonly string[];
  /** Types that it takes by name; null where it takes anything. */
  readonly takes: readonly string[] | null;
  /** It has a source that is called: a hook token leads somewhere. */
  readonly hears: boolean;
}

/** A message type as the editor of routes needs it. */
export interface TypeView {
  readonly type: string;
  readonly kind: 'event' | 'command' | 'question' | 'answer';
  readonly title: Readonly<Record<string, string>>;
  readonly mustArrive: boolean;
}

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
