import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import { packageRoot } from '#runtime/root.js';

const templates = join(packageRoot, 'infra/cli/connector-template');

/** Template of each file of a new connector, by the path that it gets. */
const filesOf = (id: string): Readonly<Record<string, string>> => ({
  [`${id}.connector.ts`]: 'connector.ts.txt',
  'mapping.ts': 'mapping.ts.txt',
  'simulator.ts': 'simulator.ts.txt',
  [`${id}.test.ts`]: 'test.ts.txt',
  'examples/melding.json': 'melding.json.txt',
});

const camelCase = (id: string): string =>
  id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const titleOf = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const filled = (template: string, id: string): string =>
  template
    .replaceAll('{{id}}', id)
    .replaceAll('{{name}}', camelCase(id))
    .replaceAll('{{title}}', titleOf(id));

const refuse = (id: string, folder: string): void => {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40 || id === 'kit') {
    throw new Error(
      `"${id}" is no id for a connector: small letters, digits and single hyphens, at most 40, not "kit"`,
    );
  }
  if (existsSync(folder)) throw new Error(`${relative(packageRoot, folder)} is there already`);
};

/**
 * Makes the folder of a new connector, of which the contract suite runs and fails with a list of what is to be done.
 * Touches nothing else.
 *
 * @param root folder that holds the connectors.
 * @returns the files made, absolute.
 */
export const newConnector = async (
  id: string,
  root: string = join(packageRoot, 'connectors'),
): Promise<string[]> => {
  const folder = join(root, id);
  refuse(id, folder);
  const made: string[] = [];
  for (const [path, template] of Object.entries(filesOf(id))) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, filled(await readFile(join(templates, template), 'utf8'), id));
    made.push(file);
  }
  return made;
};

/** Adds `lb-bus new connector <id>`. */
export const newConnectorCommand = (program: Command): void => {
  program
    .command('new')
    .description('make something new')
    .command('connector <id>')
    .description('make the folder of a connector; its contract suite tells what is to be done')
    .action(async (id: string) => {
      for (const file of await newConnector(id)) console.log(relative(packageRoot, file));
      console.log(`\nWhat is to be done: npm test -- connectors/${id}`);
      console.log('How: docs/write-a-connector.md');
    });
};
