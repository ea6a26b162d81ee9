/** The arrows of the architecture: gateway | delivery | monitoring → intake → bus, tenants → connectors/kit → schemas-oslo. */
/**
 * @param {string} name
 * @param {object} from
 * @param {object} to
 * @param {string} comment
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const forbid = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });
const core = '^(gateway|monitoring|services|infra)/';
const test = '\\.test\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-circular', {}, { circular: true }, 'Arrows point one way.'),
    forbid(
      'schemas-import-nobody',
      { path: '^schemas-oslo/', pathNot: test },
      { path: '^(gateway|monitoring|services|infra|connectors)/' },
      'The language imports nobody.',
    ),
    forbid(
      'kit-imports-schemas-only',
      { path: '^connectors/kit/', pathNot: test },
      { path: core },
      'The kit knows the language, not the way.',
    ),
    forbid(
      'connector-imports-kit-only',
      { path: '^connectors/(?!kit/)', pathNot: test },
      { path: core },
      'A connector imports the kit, the schemas and its own files.',
    ),
    forbid(
      'connector-not-to-connector',
      { path: '^connectors/(?!kit/)([^/]+)/' },
      { path: '^connectors/(?!kit/|$1/)[^/]+/' },
      'No connector knows another.',
    ),
    forbid(
      'kit-not-to-connector',
      { path: '^connectors/kit/' },
      { path: '^connectors/(?!kit/)' },
      'The kit names no connector.',
    ),
    forbid(
      'core-never-names-a-connector',
      { path: '^(gateway|monitoring|services)/', pathNot: test },
      { path: '^connectors/(?!kit/)' },
      'Connectors are discovered, never imported.',
    ),
    forbid(
      'connector-without-nest-or-broker',
      { path: '^connectors/' },
      { path: 'node_modules/(@nestjs|amqplib|pg|kysely)/' },
      'A connector author never meets Nest, the broker or the database.',
    ),
    forbid(
      'amqp-only-in-bus',
      {
        path: '^(gateway|monitoring|infra|connectors|schemas-oslo|services/(?!bus/))',
        pathNot: test,
      },
      { path: 'node_modules/amqplib/' },
      'Only services/bus imports the AMQP client.',
    ),
    forbid(
      'runtime-imports-nobody',
      { path: '^services/runtime/', pathNot: test },
      { path: '^(gateway|monitoring|infra|connectors|services/(?!runtime/))' },
      'What every process needs knows no process.',
    ),
    forbid(
      'bus-below-intake',
      { path: '^services/bus/', pathNot: test },
      { path: '^(gateway|monitoring|infra|services/(intake|delivery|tenants))/' },
      'bus is below intake.',
    ),
    forbid(
      'tenants-below-intake',
      { path: '^services/tenants/', pathNot: test },
      { path: '^(gateway|monitoring|infra|services/(intake|delivery|bus))/' },
      'tenants is below intake.',
    ),
    forbid(
      'intake-below-processes',
      { path: '^services/intake/', pathNot: test },
      { path: '^(gateway|monitoring|infra|services/delivery)/' },
      'intake is below the processes.',
    ),
    forbid(
      'gateway-alone',
      { path: '^gateway/', pathNot: test },
      { path: '^(monitoring|infra|services/delivery)/' },
      'Processes never import each other.',
    ),
    forbid(
      'delivery-alone',
      { path: '^services/delivery/', pathNot: test },
      { path: '^(monitoring|infra|gateway)/' },
      'Processes never import each other.',
    ),
    forbid(
      'monitoring-alone',
      { path: '^monitoring/', pathNot: test },
      { path: '^(gateway|infra|services/delivery)/' },
      'Processes never import each other.',
    ),
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
