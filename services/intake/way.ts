import { checks } from './checks.js';

/** The way of a message through the gate, in order: `lb-bus way` prints it; `accept` runs it. */
export const way: readonly { readonly name: string; readonly does: string }[] = [
  { name: 'read', does: 'envelope, sender and tenant; the first thing that is wrong ends it' },
  ...checks.map(({ name, refuses }) => ({ name, does: `or refuses: ${refuses.join(', ')}` })),
  { name: 'digest', does: 'knows a repeat from other content under the same id' },
  { name: 'route', does: 'finds the targets in memory, never the system it came from' },
  { name: 'seal', does: 'encrypts the body with the key of the tenant' },
  {
    name: 'ship',
    does: 'publishes to every target queue, then to audit; all confirmed, or refused',
  },
];
