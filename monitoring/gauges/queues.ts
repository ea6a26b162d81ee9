import { asideQueue, auditQueue, hookQueue, questionQueue, targetQueue } from '#bus/topology.js';
import type { MonitoringMetrics } from '#runtime/metrics.js';
import type { ConnectorInstance, Directory } from '#tenants/directory.js';
import type { Management } from './management.js';
import type { QueueCounts } from './queue-counts.js';

export interface QueueGauges {
  readonly directory: () => Directory;
  readonly counts: QueueCounts;
  readonly management: Pick<Management, 'queues'> | null;
  readonly metrics: Pick<
    MonitoringMetrics,
    'queueMessages' | 'unattended' | 'auditQueue' | 'aside'
  >;
}

const linesOf = (directory: Directory): readonly ConnectorInstance[] =>
  [...directory.tenants.values()].flatMap(({ connectors }) => [...connectors.values()]);

const labelsOf = ({ tenant, name }: ConnectorInstance) => ({ tenant, connector: name });

/** Shows what lies in the queues. */
export const refreshQueues = async ({ directory, counts, metrics }: QueueGauges): Promise<void> => {
  const lines = linesOf(directory());
  const queueOf = ({ tenant, name }: ConnectorInstance) => targetQueue(tenant, name);
  const found = await counts([auditQueue, asideQueue, ...lines.map(queueOf)]);
  metrics.queueMessages.reset();
  for (const line of lines)
    metrics.queueMessages.set(labelsOf(line), found.get(queueOf(line)) ?? 0);
  metrics.auditQueue.set(found.get(auditQueue) ?? 0);
  metrics.aside.set(found.get(asideQueue) ?? 0);
};

/** Shows what lies in queues without anybody to take it, where the management API can be asked. */
export const refreshUnattended = async ({
  directory,
  management,
  metrics,
}: QueueGauges): Promise<void> => {
  if (!management) return;
  const unattended = new Map(
    (await management.queues()).flatMap(({ name, messages = 0, consumers }) =>
      consumers === 0 && messages > 0 ? [[name, messages]] : [],
    ),
  );
  metrics.unattended.reset();
  // Nobody is to take what is for a connector that is switched off.
  for (const line of linesOf(directory()).filter(({ enabled }) => enabled)) {
    const { tenant, name } = line;
    const queues = [targetQueue, questionQueue, hookQueue].map((queue) => queue(tenant, name));
    const messages = queues.reduce((sum, queue) => sum + (unattended.get(queue) ?? 0), 0);
    if (messages > 0) metrics.unattended.set(labelsOf(line), messages);
  }
};
