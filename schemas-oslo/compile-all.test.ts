import { expect, it, jest } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileAll, messageTypes, validate } from './catalogue.js';

it('compiles every type before the first message, and then no more', () => {
  const compile = jest.spyOn(Ajv2020.prototype, 'compile');
  compileAll();
  expect(compile.mock.calls.length).toBe(2 * messageTypes.size);
  for (const type of messageTypes.keys()) expect(validate(type, { '@type': 'x' })).not.toEqual([]);
  compileAll();
  expect(compile.mock.calls.length).toBe(2 * messageTypes.size);
});
