import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { discoverConnectors } from './discover.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(import.meta.dirname, '.discover-'));
});
afterEach(() => rm(root, { recursive: true }));

const folder = async (id: string, content: string): Promise<void> => {
  await mkdir(join(root, id));
  await writeFile(join(root, id, `${id}.connector.ts`), content);
};
const definition = (id: string): string =>
  `export const one = { id: '${id}', connect: () => null, operations: {} };`;

it('finds every connector of this program', async () => {
  expect([...(await discoverConnectors()).keys()]).toEqual(
    expect.arrayContaining(['backend', 'postvak', 'topdesk']),
  );
});

it('finds a folder by its definition, and passes by what is none', async () => {
  await folder('een', definition('een'));
  await mkdir(join(root, 'leeg'));
  expect([...(await discoverConnectors(root)).keys()]).toEqual(['een']);
});

it('names every folder that cannot be loaded, with the reason', async () => {
  await folder('goed', definition('goed'));
  await folder('stuk', 'export const = ;');
  await folder('ander', definition('nog-een-ander'));
  const found = discoverConnectors(root);
  await expect(found).rejects.toThrow(/connectors\/ander: it exports no connector with id "ander"/);
  await expect(found).rejects.toThrow(/connectors\/stuk: /);
  await expect(found).rejects.not.toThrow(/goed/);
});
