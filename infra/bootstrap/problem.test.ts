import { expect, it } from '@jest/globals';
import { explain, SetupProblem } from './problem.mjs';

it('says what, what the tool said, and what to do', () => {
  const problem = new SetupProblem('The build failed.', 'put it right', { detail: 'main.ts:3\n' });
  expect(explain(problem)).toBe('The build failed.\n\n    main.ts:3\n\nWhat to do: put it right');
});

it('lists the ways out where there are several', () => {
  const problem = new SetupProblem('There is no RabbitMQ.', [
    'install it',
    'point AMQP_URL at one',
  ]);
  expect(explain(problem)).toBe(
    'There is no RabbitMQ.\nWhat to do, one of:\n  - install it\n  - point AMQP_URL at one',
  );
});

it('shows the stack of a fault of our own', () => {
  expect(explain(new TypeError('x is not a function'))).toContain('problem.test');
  expect(explain({ code: 23, reason: 'came too late' })).toContain('came too late');
});
