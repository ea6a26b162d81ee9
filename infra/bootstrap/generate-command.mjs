import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale, sources } from './build.mjs';
import { root } from './checkout.mjs';
import { installDependencies } from './dependencies.mjs';
import { explain, SetupProblem } from './problem.mjs';
import { createSteps } from './steps.mjs';

/**
 * The default export of a `*.generate.ts`: content by path, relative to the root.
 * @typedef {(root: string) => Promise<Record<string, string>>} Generate
 */

/**
 * As prettier would leave it, so that generated files pass the same check as written ones.
 * @param {string} path
 * @param {string} content
 */
const formatted = async (path, content) => {
  const prettier = await import('prettier');
  const filepath = join(root, path);
  const { inferredParser } = await prettier.getFileInfo(filepath, {
    ignorePath: join(root, 'infra/tooling/prettierignore'),
  });
  if (inferredParser === null) return content;
  return prettier.format(content, { ...(await prettier.resolveConfig(filepath)), filepath });
};

/**
 * What all generators make, by path. Throws where two make the same file.
 * @returns {Promise<Map<string, string>>}
 */
const generated = async () => {
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const source of sources(root).filter((path) => path.endsWith('.generate.ts'))) {
    const compiled = join(root, 'dist', source.replace(/\.ts$/, '.js'));
    /** @type {unknown} */
    const module = await import(pathToFileURL(compiled).href);
    const generator = /** @type {{ default: Generate }} */ (module).default;
    for (const [path, content] of Object.entries(await generator(root))) {
      if (files.has(path))
        throw new SetupProblem(`Two generators make ${path}.`, `look at ${source} and the other`);
      files.set(path, await formatted(path, content));
    }
  }
  return files;
};

/** @param {string} path */
const present = (path) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;

/**
 * Writes what is stale, or only names it.
 * @param {boolean} check
 * @param {(text: string) => void} print
 * @returns {Promise<boolean>} whether everything is now as it would be generated
 */
const generate = async (check, print) => {
  const files = await generated();
  const stale = [...files].filter(([path, content]) => present(path) !== content);
  for (const [path, content] of stale) {
    print(`${check ? 'stale' : 'written'}: ${path}`);
    if (check) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  print(`${files.size} generated files, ${files.size - stale.length} were fresh`);
  return !check || stale.length === 0;
};

/**
 * `npm run generate`: writes every generated file; with `--check` only says which are not as they would be generated.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export const generateCommand = async (args) => {
  const steps = createSteps(process.stdout);
  try {
    await installDependencies(() => undefined);
    await buildIfStale(() => undefined);
    if (await generate(args.includes('--check'), steps.print)) return 0;
    steps.print('What to do: npm run generate');
  } catch (error) {
    steps.print(explain(error));
  }
  return 1;
};
