import type { Directory, DirectoryFollower } from './directory.js';

type Labels = Partial<Record<string, string | number>>;

/** As much of a metric as is needed to forget some of it. */
interface Forgetting {
  readonly get: () => Promise<{ readonly values: readonly { readonly labels: Labels }[] }>;
  readonly remove: (labels: Labels) => void;
}

const isThere = ({ tenants }: Directory, { tenant, connector }: Labels): boolean => {
  // Who could not be recognised is nobody's, and stays.
  if (tenant === undefined || tenant === '') return true;
  const found = tenants.get(String(tenant));
  return (
    found !== undefined && (connector === undefined || found.connectors.has(String(connector)))
  );
};

const forget = async (metric: Forgetting, directory: Directory): Promise<void> => {
  const { values } = await metric.get();
  for (const { labels } of values) if (!isThere(directory, labels)) metric.remove(labels);
};

/** What was counted for a tenant or a connector goes with it. Answers the way to stop looking. */
export const countOnlyWhatIs = (
  follower: Pick<DirectoryFollower, 'onChange'>,
  metrics: Readonly<
    Partial<
      Record<'accepted' | 'refused' | 'deliveries' | 'externalRequests' | 'waitedTurns', Forgetting>
    >
  >,
): (() => void) => {
  const { accepted, refused, deliveries, externalRequests, waitedTurns } = metrics;
  const counters = [accepted, refused, deliveries, externalRequests, waitedTurns].filter(
    (one) => one !== undefined,
  );
  return follower.onChange((now) => {
    for (const counter of counters) void forget(counter, now);
  });
};
