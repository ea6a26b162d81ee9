import type { CredentialView, TenantView } from '../tenant/queries.ts';

/** The steps of the guided way, in order. */
export const steps = ['bestuur', 'koppelingen', 'routes', 'toegang', 'test', 'klaar'] as const;

export type Step = (typeof steps)[number];

/** What stands already: so it goes on where it was left, whoever goes on, and nothing has to be kept beside it. */
export const doneSteps = (
  view: TenantView | undefined,
  applications: readonly CredentialView[],
): ReadonlySet<Step> => {
  const done = new Set<Step>();
  if (!view) return done;
  done.add('bestuur');
  if (Object.keys(view.declaration.connectors ?? {}).length > 0) done.add('koppelingen');
  if ((view.declaration.routes ?? []).length > 0) done.add('routes');
  if (applications.some(({ keys, client }) => keys.length > 0 || client)) done.add('toegang');
  if (applications.some(({ lastMessageAt }) => lastMessageAt !== null)) done.add('test');
  return done;
};

/** The first step that is not done; the summary where all are. */
export const nextStep = (done: ReadonlySet<Step>): Step =>
  steps.find((step) => step !== 'klaar' && !done.has(step)) ?? 'klaar';
