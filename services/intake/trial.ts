import type { Directory, Route, Tenant } from '#tenants/directory.js';
import { explainFilter } from '#tenants/explain-filter.js';
import type { Sender } from './accepted.js';
import { envelopeOf, prepare } from './prepare.js';
import { Refusal } from './refusal.js';
import { typeOf } from './sender-rules.js';
import type { TriedRoute } from './tried.js';

/** What would become of a message if it came now; nothing of it enters. */
export interface Trial {
  readonly routes: readonly TriedRoute[];
  /** Where it would go; null where it would be refused. */
  readonly targets: readonly string[] | null;
  readonly refusal: Refusal | null;
}

export interface TrialOptions {
  readonly directory: () => Directory;
  readonly publicUrl: string;
}

/** Whether attachments lie in the store is not looked up: that they are referred to well is. */
const anyAttachment = { describe: () => Promise.resolve({}) };

const tried = (event: Readonly<Record<string, unknown>>, route: Route): TriedRoute => {
  const typeMatches = route.type === event['type'];
  const filter = typeMatches && route.filter ? explainFilter(route.filter, event) : null;
  const matches = typeMatches && (filter?.holds ?? true);
  return { type: route.type, targets: route.targets, typeMatches, filter, matches };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Does with a message what `accept` does, up to where it would be published, and tells of each route why it is taken or
 * not. Other routes than the tenant's may be tried: they are in the directory that is given.
 */
export const tryMessage = async (
  event: unknown,
  sender: Sender,
  options: TrialOptions,
): Promise<Trial> => {
  const tenant: Tenant | undefined = options.directory().tenants.get(sender.tenant);
  const routes = isObject(event) ? (tenant?.routes ?? []).map((one) => tried(event, one)) : [];
  try {
    const prepared = await prepare(
      event,
      sender,
      { ...options, attachments: anyAttachment },
      typeOf,
    );
    return { routes, targets: envelopeOf(prepared).targets, refusal: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { routes, targets: null, refusal: error };
  }
};
