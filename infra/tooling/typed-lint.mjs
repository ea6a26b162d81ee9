import { relative, resolve } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import ts from 'typescript';
import rules from './eslint.config.mjs';

/**
 * Checks the types and the rules of every file of one TypeScript project: `typed-lint.mjs <tsconfig.json>`. Both ask the same
 * program, which is most of their work. Exits with 1 where something is wrong.
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
const diagnostics = [
  ...builder.getConfigFileParsingDiagnostics(),
  ...builder.getOptionsDiagnostics(),
  ...builder.getGlobalDiagnostics(),
  ...builder.getSyntacticDiagnostics(),
  ...builder.getSemanticDiagnostics(),
];
// Nothing but what is known of each file, for the next time.
builder.emit();

const programs = [builder.getProgram()];
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
            parser.parseForESLint(text, { ...options, projectService: false, programs }),
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
