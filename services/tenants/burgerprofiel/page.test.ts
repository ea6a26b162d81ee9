import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Value } from '@sinclair/typebox/value';
import { parse } from 'yaml';
import { packageRoot } from '#runtime/root.js';
import { validate } from '#oslo/catalogue.js';
import { attestenContext, attestenOpgevraagd } from '#oslo/attesten/types.js';
import { compileForm, formOf } from './form.js';
import { declaredBurgerprofiel, type Burgerprofiel } from './schema.js';

const page = readFileSync(join(packageRoot, 'docs', 'mijn-burgerprofiel.md'), 'utf8');
const shown = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );

const [whole = '', moved = ''] = shown('yaml');
const declared = (parse(whole) as { burgerprofiel: Burgerprofiel }).burgerprofiel;
const [submission = '', attesten = ''] = shown('json');

it('the page declares what may be declared', () => {
  expect([...Value.Errors(declaredBurgerprofiel, declared)]).toEqual([]);
  const { meldingen } = parse(moved) as Pick<Burgerprofiel, 'meldingen'>;
  const other = { ...declared, meldingen: { ...declared.meldingen, ...meldingen } };
  expect([...Value.Errors(declaredBurgerprofiel, other)]).toEqual([]);
  expect(() => compileForm(formOf(other.meldingen as never))).not.toThrow();
});

it('the page submits what may be submitted, and answers what may be answered', () => {
  const check = compileForm(formOf(declared.meldingen!));
  check(JSON.parse(submission));
  expect(check.errors ?? []).toEqual([]);
  const data = { '@context': attestenContext, ...(JSON.parse(attesten) as object) };
  expect(validate(attestenOpgevraagd.type, data)).toEqual([]);
});
