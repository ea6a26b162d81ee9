import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { packageRoot } from '#runtime/root.js';
import { actionKinds } from '../operators/action.js';

it.each(['nl', 'en', 'fr'])(
  'every kind of act has its words in %s, and no words are of none',
  (language) => {
    const file = join(packageRoot, 'monitoring', 'console', 'texts', language, 'handelingen.json');
    const { kinds } = JSON.parse(readFileSync(file, 'utf8')) as { kinds: Record<string, string> };
    expect(Object.keys(kinds).sort()).toEqual([...actionKinds].sort());
    expect(new Set(Object.values(kinds)).size).toBe(actionKinds.length);
  },
);
