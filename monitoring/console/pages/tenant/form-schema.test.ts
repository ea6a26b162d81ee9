import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverConnectors } from '#kit/discover.js';
import { formSchema } from '#kit/settings.js';
import { packageRoot } from '#runtime/root.js';
import { withWords } from './form-schema.js';

const hintsAsked = async (): Promise<string[]> => {
  const asked: string[] = [];
  for (const [id, connector] of await discoverConnectors()) {
    asked.push(id, `interface ${connector.interface.carries}`);
    withWords(formSchema(connector), {
      titleOf: (name) => name,
      hintOf: (path, described) => {
        asked.push(`${id} ${path}`);
        return described;
      },
    });
  }
  return [...new Set(asked)].sort();
};

it.each(['nl', 'fr'])(
  'every connector, its interface and each of its settings is told in %s, and nothing else',
  async (language) => {
    const file = join(packageRoot, 'monitoring/console/texts', language, 'instellingen.json');
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
    expect(Object.keys(texts).sort()).toEqual(await hintsAsked());
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  },
);

it('puts the words that a language has in place of those of the schema, wherever they stand', () => {
  const schema = {
    properties: {
      table: {
        description: 'Table.',
        patternProperties: { '^.*$': { properties: { line: { description: 'Line.' } } } },
        default: { description: 'kept' },
      },
    },
  };
  const worded = withWords(schema, {
    titleOf: (name) => name.toUpperCase(),
    hintOf: (path, described) => (path === 'table' ? described : `in ${path}`),
  });
  expect(worded).toEqual({
    properties: {
      table: {
        title: 'TABLE',
        description: 'Table.',
        patternProperties: {
          '^.*$': { properties: { line: { title: 'LINE', description: 'in table.*.line' } } },
        },
        default: { description: 'kept' },
      },
    },
  });
});
