import { describe, expect, it } from '@jest/globals';
import { listed } from '#oslo/told.js';
import { keysApart, keysUntold, programIn } from '#infra/testing/told-texts.js';
import { ProblemError, problemOf } from './problem.js';
import { tell } from './tell.js';
import { en } from './texts/en.js';
import { fr } from './texts/fr.js';
import { nl } from './texts/nl.js';

const program = programIn('monitoring');

describe('what operators are told', () => {
  it('is there in each language with the same parameters, and nothing of it is never told', () => {
    expect(keysApart(nl, [en, fr])).toEqual([]);
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
    expect(Object.keys(fr).sort()).toEqual(Object.keys(nl).sort());
    expect(keysUntold(nl, program)).toEqual([]);
  });

  it('is never a sentence that stands in the program itself', () => {
    const given = [...program.matchAll(/new ProblemError\(\s*[^,]+,\s*(\S+)/g)].map(
      ([, one]) => one,
    );
    expect(given.length).toBeGreaterThan(40);
    expect(given.filter((one) => /^(?:\(|['"`])/.test(one ?? ''))).toEqual([]);
    expect(given.filter((one) => /^['"`]|^\(/.test(one ?? ''))).toEqual([]);
    expect(program.match(/told: \(\) => ['"`]/g)).toBeNull();
  });

  it('has words for every rule that a request can break', () => {
    const imported = [...program.matchAll(/import \{([^}]*)\} from 'class-validator'/g)]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => /^[A-Z]/.test(name) && !/^(?:IsOptional|ValidateNested)$/.test(name))
      .map((name) => `rule.${name.toLowerCase().replace(/^length$/, 'islength')}`);
    const always = ['rule.isdefined', 'rule.other', 'rule.whitelistvalidation'];
    const rules = Object.keys(nl).filter((key) => key.startsWith('rule.'));
    expect(rules.map((key) => key.toLowerCase()).sort()).toEqual(
      [...new Set([...imported, ...always])].sort(),
    );
  });

  it.each([
    ['nl', 'Dit mag u niet', 'Dit vraagt het recht "act", dat reader en board niet heeft.'],
    [
      'en',
      'You may not do this',
      'This needs the right "act", which reader and board does not have.',
    ],
    [
      'fr',
      'Ceci ne vous est pas permis',
      'Ceci demande le droit « act », que reader et board n’a pas.',
    ],
  ] as const)('is told in %s to whoever reads that', (language, title, detail) => {
    const roles = listed(['reader', 'board'], 'conjunction');
    const error = new ProblemError('forbidden', tell('right-missing', { right: 'act', roles }), [
      { pointer: '/a', code: 'value', told: tell('rule.max', { limit: 3 }) },
    ]);
    const told = problemOf(error, { language, requestId: 'r-1' });
    expect(told).toMatchObject({ title, detail, status: 403, instance: 'urn:uuid:r-1' });
    expect(told.errors?.[0]?.detail).toBe(tell('rule.max', { limit: 3 })(language));
  });
});
