import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#intake/refusal.js';
import { isAway } from './away.js';
import { problemOf } from './problem.js';
import { refusalOf } from './refusal-of.js';
import { en } from './texts.en.js';
import { fr } from './texts.fr.js';
import { nl } from './texts.nl.js';

describe('the texts', () => {
  const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

  it('have the same parameters in each language, and no empty sentence', () => {
    for (const part of ['titles', 'details', 'reasons'] as const)
      for (const [key, text] of Object.entries(nl[part]))
        for (const other of [en, fr]) {
          const translated = (other[part] as Record<string, string>)[key] ?? '';
          expect({ key, empty: translated === '' }).toEqual({ key, empty: false });
          expect(placeholders(translated)).toEqual(placeholders(text));
        }
  });
});

describe('what a caller is told', () => {
  const told = (error: unknown) =>
    problemOf(refusalOf(error), { language: 'en', requestId: 'r-1' });

  it('of an error of ours is nothing about it', () => {
    const problem = told(new Error('password=geheim'));
    expect(problem).toMatchObject({ status: 500, code: 'unclassified', instance: 'urn:uuid:r-1' });
    expect(JSON.stringify(problem)).not.toContain('geheim');
  });

  it('[postgres-down] of a database that is away is to come back', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(refusalOf(refused)).toMatchObject({
      status: 503,
      code: 'unavailable',
      retryAfterSeconds: 5,
    });
    expect(isAway(new AggregateError([refused]))).toBe(true);
    expect(isAway(Object.assign(new Error('syntax'), { code: '42601' }))).toBe(false);
  });

  it.each(['ECONNREFUSED', 'ETIMEDOUT', 'ENOSPC', 'EROFS', 'EIO'])(
    '[attachments-away] of a store of attachments that fails with %s is to come back',
    (code) =>
      expect(refusalOf(Object.assign(new Error('store'), { code }))).toMatchObject({
        status: 503,
        code: 'unavailable',
        retryAfterSeconds: 5,
      }),
  );

  it('holds at most 20 errors and says how many more there are', () => {
    const reasons = Array.from({ length: 23 }, (_, index) => ({
      pointer: `/data/${index}`,
      code: 'required',
      text: { key: 'required', params: { property: 'titel' } },
    }));
    const problem = told(new Refusal('invalid', 422, { reasons }));
    expect(problem.errors).toHaveLength(20);
    expect(problem.more).toBe(3);
    expect(problem.errors?.[0]?.detail).toBe('The field titel is required and is missing.');
  });
});
