import type { Application } from './traffic.js';

/** Who is behind a source: an application, a system that tells something back, or nobody that is declared. */
export type Sender =
  | { readonly kind: 'application'; readonly name: string }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string };

const instanceIn = (tenant: string, source: string): string | null => {
  const start = `urn:lb:${tenant}:`;
  return source.startsWith(start) ? source.slice(start.length) : null;
};

/** Finds who is behind a source: the application that declares it, else the system under whose name the bus took it in. */
export const senderOf = (
  tenant: string,
  source: string,
  known: {
    readonly applications: readonly Pick<Application, 'name' | 'sources'>[];
    readonly systems: ReadonlyMap<string, unknown>;
  },
): Sender => {
  const application = known.applications.find(({ sources }) => sources.includes(source));
  if (application) return { kind: 'application', name: application.name };
  const instance = instanceIn(tenant, source);
  if (instance !== null && known.systems.has(instance)) return { kind: 'system', name: instance };
  const open = known.applications.find(({ sources }) => sources.includes('*'));
  if (open) return { kind: 'application', name: open.name };
  return { kind: 'unknown', name: instance ?? source };
};
