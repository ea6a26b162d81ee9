import {
  asideQueue,
  auditQueue,
  hookQueue,
  questionQueue,
  queueArguments,
  targetQueue,
} from '#bus/topology.js';
import { way as delivery } from '#delivery/way.js';
import { way as intake } from '#intake/way.js';

/** One process and what a message goes through in it. */
export interface Stretch {
  readonly process: string;
  readonly stages: readonly { readonly name: string; readonly does: string }[];
}

/** One kind of queue between processes. */
export interface Queue {
  readonly name: string;
  readonly carries: string;
  readonly arguments: Readonly<Record<string, string | number | boolean>>;
}

const queue = (name: string, carries: string): Queue => ({
  name,
  carries,
  arguments: queueArguments(name),
});

/** The processes in the order in which a message meets them. */
export const stretches: readonly Stretch[] = [
  { process: 'gateway', stages: intake },
  { process: 'delivery', stages: delivery },
  {
    process: 'monitoring',
    stages: [{ name: 'collect', does: 'writes messages and their steps, in batches, once each' }],
  },
];

/** The queues by what they carry; `<…>` stands for a name of the tenant's settings. */
export const queues = {
  target: queue(
    targetQueue('<tenant>', '<target>'),
    'what is to be done in one system of one tenant',
  ),
  question: queue(
    questionQueue('<tenant>', '<target>'),
    'what is asked of one system of one tenant, beside its other work',
  ),
  hook: queue(hookQueue('<tenant>', '<target>'), 'what one system of one tenant called to tell'),
  audit: queue(auditQueue, 'what was accepted, and each step after it'),
  aside: queue(asideQueue, 'what could not be read at all, for somebody to look at'),
} as const satisfies Record<string, Queue>;
