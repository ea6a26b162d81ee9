import { relative, resolve } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import ts from 'typescript';
import rules from './eslint.config.mjs';

/**
 * Checks the types and the rules of every file of one TypeScript project: `typed-lint.mjs <tsconfig.json>`. Both ask the same
 * program, which is most of their work. What a file imports of another project is checked with that. Exits with 1 where
 * something is wrong.
 */

const cacheFolder = '.lb-bus/cache';
const [project = 'tsconfig.json'] = process.argv.slice(2);
const root = process.cwd();

/** @param {readonly ts.Diagnostic[]} diagnostics */
const print = (diagnostics) =>
  ts.formatDiagnosticsWithColorAndContext(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });

const settings = ts.getParsedCommandLineOfConfigFile(
  project,
  { noEmit: true },
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(print([diagnostic]));
    },
  },
);
if (!settings) throw new Error(`${project} cannot be read`);

const builder = ts.createIncrementalProgram({
  rootNames: settings.fileNames,
  options: settings.options,
  configFileParsingDiagnostics: settings.errors,
});
const files = settings.fileNames.flatMap((name) => builder.getSourceFile(name) ?? []);
const diagnostics = [
  ...builder.getConfigFileParsingDiagnostics(),
  ...builder.getOptionsDiagnostics(),
  ...builder.getGlobalDiagnostics(),
  ...files.flatMap((file) => [
    ...builder.getSyntacticDiagnostics(file),
    ...builder.getSemanticDiagnostics(file),
  ]),
];
// Nothing but what is known of each file, for the next time.
builder.emit();

const program = builder.getProgram();
const checker = program.getTypeChecker();
const reckon = checker.getTypeAtLocation.bind(checker);
/** @type {Map<ts.Node, ts.Type>} */
const types = new Map();
// Several rules ask for the type of the same node, which the checker reckons anew each time.
checker.getTypeAtLocation = (/** @type {ts.Node} */ node) => {
  const type = types.get(node) ?? reckon(node);
  types.set(node, type);
  return type;
};

const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    ...rules,
    {
      languageOptions: {
        // In the settings themselves a program could not be written down with what is cached.
        parser: {
          ...parser,
          /** @type {typeof parser.parseForESLint} */
          parseForESLint: (text, options) =>
            parser.parseForESLint(text, { ...options, projectService: false, programs: [program] }),
        },
      },
    },
  ],
  cache: true,
  cacheStrategy: 'content',
  cacheLocation: resolve(cacheFolder, `eslint-${relative('.', project).replaceAll(/\W+/g, '-')}`),
  warnIgnored: false,
});
const results = await eslint.lintFiles(
  settings.fileNames.filter((name) => !name.endsWith('.d.ts')),
);
const formatter = await eslint.loadFormatter('stylish');
process.stdout.write(`${print(diagnostics)}${await formatter.format(results)}`);
const wrong =
  diagnostics.length > 0 ||
  results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0);
process.exitCode = wrong ? 1 : 0;
