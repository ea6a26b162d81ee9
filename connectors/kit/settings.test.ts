import { describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { defineConnector } from './definition.js';
import { keysApart } from '#infra/testing/told-texts.js';
import { Failure } from './failure.js';
import {
  checkDeclaredSettings,
  checkSettings,
  number,
  readSettings,
  secret,
  secretsOf,
  table,
  text,
  url,
} from './settings.js';
import { settingsTexts } from './settings-texts.js';

const connector = defineConnector({
  id: 'x',
  title: 'X',
  summary: 'X',
  docs: 'x',
  interface: { protocol: 'REST', carries: 'JSON' },
  settings: Type.Object({
    baseUrl: url('Address.'),
    password: secret('Secret.', { pattern: '^geheim' }),
    waitSeconds: number('Wait.', { minimum: 1, maximum: 9, default: 3 }),
    names: table('Names.', text('A name.'), { default: { a: 'A' } }),
  }),
  connect: () => null,
  check: () => Promise.resolve(),
  operations: {},
  simulator: null,
});

const right = { baseUrl: 'https://a.example/x', password: 'geheim1' };

describe('settings', () => {
  it('get their defaults, and are not changed themselves', () => {
    expect(readSettings(connector, right)).toEqual({ ...right, waitSeconds: 3, names: { a: 'A' } });
    expect(right).toEqual({ baseUrl: 'https://a.example/x', password: 'geheim1' });
  });

  it.each([
    [{ ...right, colour: 1 }, '/colour', 'unknown-property'],
    [{ password: 'geheim' }, '/baseUrl', 'required'],
    [{ ...right, waitSeconds: '3' }, '/waitSeconds', 'type'],
    [{ ...right, waitSeconds: 10 }, '/waitSeconds', 'value'],
    [{ ...right, password: 'x' }, '/password', 'pattern'],
    [{ ...right, names: { 'a/b': '' } }, '/names/a~1b', 'length'],
    [{ ...right, baseUrl: 'ftp://a.example' }, '/baseUrl', 'pattern'],
    [{ ...right, baseUrl: 'https://user:pw@a.example' }, '/baseUrl', 'pattern'],
    [{ ...right, baseUrl: 'https://a.example/?q=1' }, '/baseUrl', 'pattern'],
  ])('%j are wrong at %s', (settings, pointer, code) => {
    expect(checkSettings(connector, settings)).toContainEqual(
      expect.objectContaining({ pointer, code }),
    );
  });

  it('are declared with the name of each secret, never its value', () => {
    const declared = { ...right, password: { secret: 'wachtwoord' } };
    expect(checkDeclaredSettings(connector, declared)).toEqual([]);
    expect(checkDeclaredSettings(connector, right)).toContainEqual(
      expect.objectContaining({ pointer: '/password', code: 'type' }),
    );
    expect(secretsOf(connector)).toEqual(['password']);
  });

  it('say what is wrong in the language of whoever fills them in', () => {
    const [wrong] = checkSettings(connector, { ...right, waitSeconds: 10 });
    expect((['nl', 'en', 'fr'] as const).map((language) => wrong?.told(language))).toEqual([
      'verwacht wordt hoogstens 9',
      'expected at most 9',
      'attendu au plus 9',
    ]);
    const { nl, en, fr } = settingsTexts;
    expect(keysApart(nl, [en, fr])).toEqual([]);
  });

  it('that are wrong pause the connector, and tell no value', () => {
    const read = (): unknown => readSettings(connector, { ...right, password: 'hunter2' });
    expect(read).toThrow(Failure);
    expect(read).toThrow(/\/password/);
    expect(read).not.toThrow(/hunter2/);
  });
});
