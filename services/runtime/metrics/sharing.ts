import type { Making } from './registry.js';

/** How a process shares its time among tenants. */
export const sharingMetrics = ({ counter, asked }: Making) => ({
  waitedTurns: counter('lbbus_waited_turns_total', {
    help: 'Messages and requests that waited for their turn: others were there, and the process was busy.',
    labelNames: ['tenant'],
  }),
  turnsPerSecond: asked('lbbus_turns_per_second', {
    help: 'What each tenant may begin per second beside others: less where the process is busy; 2000 is no limit.',
    labelNames: [],
  }),
});

export type SharingMetrics = ReturnType<typeof sharingMetrics>;
