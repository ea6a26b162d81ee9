/**
 * The arrows of the architecture: gateway | delivery | monitoring → intake → bus, tenants → connectors/kit → schemas-oslo.
 * `services/runtime` and `services/attachments` stand beside them and know none of them. A test may use everything.
 * `arrows.test.ts` has an import against each.
 */

const test = '\\.test\\.ts$';
const testing = '^(infra|schemas-oslo)/testing/';
const processes = 'gateway|monitoring|infra|services/delivery';
const above = (/** @type {string} */ folders) => `^(${folders})/`;

/**
 * @param {string} name
 * @param {object} from
 * @param {object} to
 * @param {string} comment
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const forbid = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });

/**
 * What the program in `path` must not import; its tests may.
 * @param {string} name
 * @param {string} path
 * @param {string} to
 * @param {string} comment
 */
const arrow = (name, path, to, comment) =>
  forbid(name, { path, pathNot: [test, testing] }, { path: to }, comment);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-circular',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Arrows point one way. Types may refer to each other.',
    ),
    arrow(
      'schemas-import-nobody',
      '^schemas-oslo/',
      above('gateway|monitoring|services|infra|connectors'),
      'The language imports nobody.',
    ),
    arrow(
      'kit-imports-schemas-only',
      '^connectors/kit/',
      above('gateway|monitoring|services|infra'),
      'The kit knows the language, not the way.',
    ),
    arrow(
      'connector-imports-kit-only',
      '^connectors/(?!kit/)',
      above('gateway|monitoring|services|infra'),
      'A connector imports the kit, the schemas and its own files.',
    ),
    forbid(
      'connector-not-to-connector',
      { path: '^connectors/(?!kit/)([^/]+)/' },
      { path: '^connectors/(?!kit/|$1/)[^/]+/' },
      'No connector knows another.',
    ),
    arrow(
      'kit-not-to-connector',
      '^connectors/kit/',
      '^connectors/(?!kit/)',
      'The kit names no connector.',
    ),
    arrow(
      'core-never-names-a-connector',
      '^(gateway|monitoring|services)/',
      '^connectors/(?!kit/)',
      'Connectors are discovered, never imported.',
    ),
    forbid(
      'connector-without-nest-or-broker',
      { path: '^connectors/' },
      { path: 'node_modules/(@nestjs|amqplib|pg|kysely)/' },
      'A connector author never meets Nest, the broker or the database.',
    ),
    arrow(
      'amqp-only-in-bus',
      '^(gateway|monitoring|infra/(?!bench/accept/floor\\.ts)|connectors|schemas-oslo|services/(?!bus/))',
      'node_modules/amqplib/',
      'Only services/bus imports the AMQP client, and the floor that the bench measures it against.',
    ),
    arrow(
      'runtime-imports-nobody',
      '^services/runtime/',
      above('gateway|monitoring|infra|connectors|services/(?!runtime/)[^/]+'),
      'What every process needs knows no process.',
    ),
    arrow(
      'attachments-import-runtime-only',
      '^services/attachments/',
      above('gateway|monitoring|infra|connectors|services/(?!runtime/|attachments/)[^/]+'),
      'The store of attachments knows bytes, not messages.',
    ),
    arrow(
      'bus-below-intake',
      '^services/bus/',
      above(`${processes}|services/(intake|tenants)`),
      'bus is below intake.',
    ),
    arrow(
      'tenants-below-intake',
      '^services/tenants/',
      above(`${processes}|services/(intake|bus)`),
      'tenants is below intake.',
    ),
    arrow(
      'intake-below-processes',
      '^services/intake/',
      above(processes),
      'intake is below the processes.',
    ),
    arrow(
      'gateway-alone',
      '^gateway/',
      above('monitoring|infra|services/delivery'),
      'Processes never import each other.',
    ),
    arrow(
      'delivery-alone',
      '^services/delivery/',
      above('monitoring|infra|gateway'),
      'Processes never import each other.',
    ),
    arrow(
      'monitoring-alone',
      '^monitoring/',
      above('gateway|infra|services/delivery'),
      'Processes never import each other.',
    ),
    forbid(
      'console-takes-types-only',
      { path: '^monitoring/console/', pathNot: [test, '/example\\.ts$'] },
      {
        path: '^(monitoring/(?!console/)|gateway/|services/|infra/|connectors/|schemas-oslo/)',
        dependencyTypesNot: ['type-only'],
      },
      'What runs in a browser is no part of a server.',
    ),
    arrow('tests-are-not-program', '^', testing, 'What only tests need is not built.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
    },
  },
};
