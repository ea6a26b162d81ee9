import {
  createDeliveryMetrics,
  createGatewayMetrics,
  createMonitoringMetrics,
} from '#runtime/metrics.js';

/** The processes that Prometheus asks, by the job under which it does. */
export const roles = ['gateway', 'delivery', 'monitoring'] as const;

export type Role = (typeof roles)[number];

/** A metric as its registry describes it. */
export interface MetricWords {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly roles: readonly Role[];
}

interface Described {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

const registries = () => ({
  gateway: createGatewayMetrics().registry,
  delivery: createDeliveryMetrics().registry,
  monitoring: createMonitoringMetrics().registry,
});

const typeOf = (metric: object): string => metric.constructor.name.toLowerCase();

/** Every metric that a process tells, with the roles that tell it. */
export const allMetrics = (): readonly MetricWords[] => {
  const found = new Map<string, MetricWords>();
  for (const [role, registry] of Object.entries(registries())) {
    for (const metric of registry.getMetricsAsArray()) {
      const { name, help, labelNames } = metric as unknown as Described;
      const known = found.get(name);
      const told = [...(known?.roles ?? []), role as Role];
      found.set(name, { name, help, type: typeOf(metric), labels: labelNames, roles: told });
    }
  }
  return [...found.values()];
};
