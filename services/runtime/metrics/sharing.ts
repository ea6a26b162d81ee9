import type { Making } from './registry.js';

/** How a process shares its time among tenants. */
export const sharingMetrics = ({ counter, asked }: Making) => ({
  waitedTurns: counter('lbbus_waited_turns_total', {
    help: 'Messages and requests that waited for their turn: others were there, and the process was busy.',
    labelNames: ['tenant'],
  }),
  turnsPerSecond: asked('lbbus_turns_per_second', {
    help: 'What each tenant may begin per second beside others: 60 at rest, up to 2000, less where the process is busy.',
    labelNames: [],
  }),
});

export type SharingMetrics = ReturnType<typeof sharingMetrics>;
