import { connector } from './connector.js';
import { ground } from './ground.js';
import { overview } from './overview.js';
import { drawBoard } from './panels.js';
import { tenant } from './tenant.js';

/** The dashboards, as Grafana provisions them. */
export default (): Promise<Record<string, string>> =>
  Promise.resolve(
    Object.fromEntries(
      [overview, tenant, connector, ground].map((board) => [
        `monitoring/dashboards/${board.uid}.json`,
        JSON.stringify(drawBoard(board), null, 2),
      ]),
    ),
  );
