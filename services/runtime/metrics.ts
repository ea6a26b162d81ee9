import { deliveringMetrics } from './metrics/delivering.js';
import { enteringMetrics } from './metrics/entering.js';
import { livingMetrics } from './metrics/living.js';
import { openRegistry, type Making, type MetricsOptions } from './metrics/registry.js';
import { sharingMetrics } from './metrics/sharing.js';
import { watchingMetrics } from './metrics/watching.js';

const usual: MetricsOptions = { process: true };

const living = (making: Making) => {
  const { clock, dependencies } = livingMetrics(making);
  clock.from(() => [[{}, Date.now() / 1_000]]);
  return { registry: making.registry, dependencies };
};

/**
 * The metrics of a gateway. Here as in the others names and labels are fixed: no message ids, subjects or persons in
 * labels, and codes from closed lists only.
 */
export const createGatewayMetrics = (options = usual) => {
  const making = openRegistry(options);
  return { ...living(making), ...enteringMetrics(making), ...sharingMetrics(making) };
};

/** The metrics of a delivery process. */
export const createDeliveryMetrics = (options = usual) => {
  const making = openRegistry(options);
  return {
    ...living(making),
    ...enteringMetrics(making),
    ...deliveringMetrics(making),
    ...sharingMetrics(making),
  };
};

/** The metrics of monitoring. */
export const createMonitoringMetrics = (options = usual) => {
  const making = openRegistry(options);
  return { ...living(making), ...watchingMetrics(making) };
};

export type GatewayMetrics = ReturnType<typeof createGatewayMetrics>;
export type DeliveryMetrics = ReturnType<typeof createDeliveryMetrics>;
export type MonitoringMetrics = ReturnType<typeof createMonitoringMetrics>;
