import { describe, expect, it } from '@jest/globals';
import { longestReason, scrub } from './scrub.js';

describe('a text of the other side', () => {
  it.each([
    'an.voorbeeld+x@post.gemeente.example',
    '85.73.00-033.28',
    '85730003328',
    '+32 470 12 34 56',
    '0470/12.34.56',
    '(zie 053 12 34 56)',
    'BE68 5390 0754 7034',
    'BE68539007547034',
  ])('loses %s', (personal) => {
    const digits = personal.replace(/\D/g, '');
    const scrubbed = scrub(`Veld X: ${personal} is fout`);
    expect(scrubbed).toMatch(/^Veld X: .*is fout$/);
    expect(scrubbed).toContain('[…]');
    expect(scrubbed.replace(/\D/g, '')).not.toContain(digits === '' ? '@' : digits.slice(-6));
    expect(scrubbed).not.toContain('@');
  });

  it.each([
    'Field briefDescription: at most 80 characters',
    'GET /tas/api/incidents/id/5f0c1234-5678-4123-9012-123456789012',
    'I 2601 017 changed at 2026-03-02T08:00:00Z',
    "The value for the field 'category.name' cannot be found.",
  ])('keeps %s', (plain) => {
    expect(scrub(plain)).toBe(plain);
  });

  it('comes on one line, cut', () => {
    const scrubbed = scrub(`a\nb\u0000\u202e ${'woord '.repeat(1_000)}`);
    expect(scrubbed).toMatch(/^a b woord/);
    expect(scrubbed).toHaveLength(longestReason);
  });

  it('costs little, however it was made up', () => {
    const begun = performance.now();
    for (const text of [
      '0 '.repeat(50_000),
      'a.'.repeat(50_000),
      'BE68 '.repeat(20_000),
      '1'.repeat(100_000),
    ])
      scrub(text);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
