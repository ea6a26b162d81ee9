import { ofConnector } from './connector.js';
import { ground } from './ground.js';
import { overview } from './overview.js';
import { ofTenant } from './tenant.js';

/** The dashboards, as Grafana provisions them. */
export default (): Promise<Record<string, string>> =>
  Promise.resolve(
    Object.fromEntries(
      [overview(), ofTenant(), ofConnector(), ground()].map((dashboard) => [
        `monitoring/dashboards/${dashboard.uid ?? ''}.json`,
        JSON.stringify(dashboard, null, 2),
      ]),
    ),
  );
