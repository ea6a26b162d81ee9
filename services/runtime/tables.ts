import type { DeliveryTables } from './tables/delivery.js';
import type { HealthTables } from './tables/health.js';
import type { LineTables } from './tables/lines.js';
import type { MonitoringTables } from './tables/monitoring.js';
import type { TenantsTables } from './tables/tenants.js';

/** Columns of infra/migrations, for the compiler. */
export type Tables = TenantsTables & DeliveryTables & LineTables & HealthTables & MonitoringTables;
