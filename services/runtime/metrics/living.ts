import type { Asked, Making } from './registry.js';

/** What every process tells of itself. */
export const livingMetrics = ({ asked }: Making) => ({
  dependencies: asked('lbbus_dependency_up', {
    help: '1 while the process can work with broker and database, 0 while one is away or blocked.',
    labelNames: ['dependency'],
  }),
  clock: asked('lbbus_clock_seconds', {
    help: 'What the clock of the process says at the scrape.',
    labelNames: [],
  }),
});

/** Tells at each scrape whether the process can work with what it stands on. */
export const tellDependencies = (
  dependencies: Asked<'dependency'>,
  on: {
    readonly bus: { readonly state: () => string };
    readonly database: { readonly problem: () => string | null };
  },
): void =>
  dependencies.from(() => [
    [{ dependency: 'broker' }, Number(on.bus.state() === 'up')],
    [{ dependency: 'database' }, Number(on.database.problem() === null)],
  ]);
